import type { Usage } from '@spanmeter/pricing'
import { hasName } from '../../otlp/span-shape.ts'
import type { SpanView } from '../../otlp/types.ts'
import { ATTR_CACHED_INPUT, ATTR_NORMALIZED } from '../../semconv.ts'
import type { CachedInput } from '../types.ts'
import { count, text } from './values.ts'

/** The standard names under which `enrichment.normalize` writes counts; totals include their parts. */
export const STANDARD_COUNTS = [
  ['inputTokens', 'gen_ai.usage.input_tokens'],
  ['outputTokens', 'gen_ai.usage.output_tokens'],
  ['cacheReadTokens', 'gen_ai.usage.cache_read.input_tokens'],
  ['cacheWriteTokens', 'gen_ai.usage.cache_creation.input_tokens'],
  ['reasoningTokens', 'gen_ai.usage.reasoning.output_tokens'],
] as const

export const isNormalized: (shape: SpanView['shape']) => boolean = hasName(ATTR_NORMALIZED)

/** The counts as an earlier processor has normalized them, so that cached tokens are not added to the input once more. */
export function normalizedUsage(
  span: SpanView,
  usage: Usage,
): { usage: Usage; cachedInput: CachedInput | undefined } {
  const stated = { ...usage }
  for (const [part, name] of STANDARD_COUNTS)
    if (usage[part] !== undefined) stated[part] = count(span, name) ?? usage[part]
  const cachedInput = text(span, ATTR_CACHED_INPUT)
  return {
    usage: stated,
    cachedInput: cachedInput === 'included' || cachedInput === 'excluded' ? cachedInput : undefined,
  }
}
