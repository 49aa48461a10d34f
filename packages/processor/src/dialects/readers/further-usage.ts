import type { ModelUsage, Usage } from '@spanmeter/pricing'
import type { AttributeValue, SpanView } from '../../otlp/types.ts'
import { asCount, asFlag, asNumber, asObject, asText } from './values.ts'

/** JSON: `[{"model":"claude-opus-4-8","input_tokens":2518,"output_tokens":22}]`. */
export const FURTHER_MODELS = 'spanmeter.usage.further_models'

/** Longer than any real list. */
const LONGEST = 64 * 1024

/** Names as in `gen_ai.usage.*` and `spanmeter.usage.*`. The usage of compactions is added to the rest. */
const PARTS: readonly (readonly [string, keyof Usage])[] = [
  ['input_tokens', 'inputTokens'],
  ['cache_read.input_tokens', 'cacheReadTokens'],
  ['cache_write.input_tokens', 'cacheWriteTokens'],
  ['cache_write_5m.input_tokens', 'cacheWrite5mTokens'],
  ['cache_write_1h.input_tokens', 'cacheWrite1hTokens'],
  ['cache_write_12h.input_tokens', 'cacheWrite12hTokens'],
  ['audio.input_tokens', 'audioInputTokens'],
  ['audio.cache_read.input_tokens', 'audioCacheReadTokens'],
  ['image.input_tokens', 'imageInputTokens'],
  ['image.cache_read.input_tokens', 'imageCacheReadTokens'],
  ['output_tokens', 'outputTokens'],
  ['reasoning.output_tokens', 'reasoningTokens'],
  ['audio.output_tokens', 'audioOutputTokens'],
  ['image.output_tokens', 'imageOutputTokens'],
  ['video.input_tokens', 'videoInputTokens'],
  ['video.output_tokens', 'videoOutputTokens'],
  ['citation_tokens', 'citationTokens'],
  ['images', 'images'],
  ['search_units', 'searchUnits'],
  ['compaction.input_tokens', 'inputTokens'],
  ['compaction.cache_read.input_tokens', 'cacheReadTokens'],
  ['compaction.cache_write.input_tokens', 'cacheWriteTokens'],
  ['compaction.output_tokens', 'outputTokens'],
]

/** For a list that can't be read because an attribute limit has cut it off: with a model unknown, the call has no price. */
const UNREADABLE: ModelUsage = { model: '', usage: {} }

/** Usage of further models that worked for the call, billed at their own prices. */
export function readFurtherUsage(span: SpanView): ModelUsage[] | undefined {
  const stated = span.attribute(FURTHER_MODELS)
  return stated === undefined ? undefined : (parseList(stated)?.map(readModelUsage) ?? [UNREADABLE])
}

function parseList(value: AttributeValue): unknown[] | undefined {
  if (typeof value !== 'string' || value.length > LONGEST) return undefined
  try {
    const list: unknown = JSON.parse(value)
    return Array.isArray(list) ? list : undefined
  } catch {
    return undefined
  }
}

function readModelUsage(value: unknown): ModelUsage {
  const entry = asObject(value) ?? {}
  const usage: Usage = {}
  for (const [name, part] of PARTS) {
    const count = asCount(entry[name])
    if (count !== undefined) usage[part] = (usage[part] ?? 0) + count
  }
  const seconds = asNumber(entry.seconds)
  if (seconds !== undefined) usage.seconds = seconds
  const read = { model: asText(entry.model) ?? '', usage }
  return asFlag(entry.included) === true ? { ...read, included: true } : read
}
