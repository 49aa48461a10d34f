import { asCount, asObject } from '../../wire/json.ts'
import type { GenAiUsage } from '../types.ts'
import { anyKnown } from './known.ts'

/** Cohere's `usage` (v2) or `meta` (v1): `tokens` are all that the model read and wrote, `billed_units` may be fewer. */
export function readCohereUsage(value: unknown): GenAiUsage | undefined {
  const usage = asObject(value)
  if (usage === undefined) return undefined
  const tokens = asObject(usage.tokens) ?? {}
  const billed = asObject(usage.billed_units) ?? {}
  return anyKnown<GenAiUsage>({
    inputTokens: asCount(tokens.input_tokens) ?? asCount(billed.input_tokens),
    cacheReadTokens: asCount(usage.cached_tokens),
    outputTokens: asCount(tokens.output_tokens) ?? asCount(billed.output_tokens),
    reasoningTokens: asCount(tokens.reasoning_tokens),
    imageInputTokens: asCount(billed.image_tokens),
    images: asCount(billed.images),
    searchUnits: asCount(billed.search_units),
  })
}
