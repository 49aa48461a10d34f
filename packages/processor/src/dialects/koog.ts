import { readRawUsage } from './raw-usage.ts'
import type { Dialect } from './types.ts'
import { object } from './values.ts'

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
