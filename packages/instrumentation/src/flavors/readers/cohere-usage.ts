import { asCount, asObject } from '../../wire/json.ts'
import type { GenAiUsage } from '../types.ts'
import { anyKnown } from './known.ts'

/**
 * Cohere's `usage` (v2) or `meta` (v1): `tokens` are all that the model read and wrote, including its own instructions;
 * `billed_units` may leave some out: https://docs.cohere.com/docs/how-does-cohere-pricing-work
 */
export function readCohereUsage(value: unknown): GenAiUsage | undefined {
  const usage = asObject(value)
  if (usage === undefined) return undefined
  const tokens = asObject(usage.tokens) ?? {}
  const billed = asObject(usage.billed_units) ?? {}
  return anyKnown<GenAiUsage>({
    inputTokens: asCount(tokens.input_tokens) ?? asCount(billed.input_tokens),
    billedInputTokens: otherThan(tokens.input_tokens, billed.input_tokens),
    cacheReadTokens: asCount(usage.cached_tokens),
    outputTokens: asCount(tokens.output_tokens) ?? asCount(billed.output_tokens),
    billedOutputTokens: otherThan(tokens.output_tokens, billed.output_tokens),
    reasoningTokens: asCount(tokens.reasoning_tokens),
    imageInputTokens: asCount(billed.image_tokens),
    images: asCount(billed.images),
    pages: asCount(billed.pages),
    searchUnits: asCount(billed.search_units),
  })
}

function otherThan(all: unknown, billed: unknown): number | undefined {
  return asCount(all) === undefined || all === billed ? undefined : asCount(billed)
}
