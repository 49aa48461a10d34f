import { readRawUsage } from './readers/raw-usage.ts'
import { object } from './readers/values.ts'
import type { Dialect } from './types.ts'

/**
 * Koog: the conventions' names for the totals. Cached tokens of Anthropic and Bedrock, which the input leaves out, are in the
 * metadata of the response.
 * https://docs.koog.ai/opentelemetry-support/
 */
export const koog: Dialect = {
  name: 'koog',

  attributes: ['koog.'],

  read: (span) => readRawUsage(object(span, 'gen_ai.response.metadata')),
}
