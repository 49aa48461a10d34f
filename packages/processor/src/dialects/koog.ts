import { readRawUsage } from './readers/raw-usage.ts'
import { object } from './readers/values.ts'
import type { Dialect } from './types.ts'

/**
 * Koog: the conventions' names for the totals, and what Anthropic and Bedrock say of their caches as the answer's metadata,
 * beside the input.
 * https://docs.koog.ai/opentelemetry-support/
 */
export const koog: Dialect = {
  name: 'koog',

  attributes: ['koog.'],

  read: (span) => readRawUsage(object(span, 'gen_ai.response.metadata')),
}
