import type { FurtherUsage, GenAiUsage } from '../flavors/types.ts'

/** The names of `gen_ai.usage.*` and `spanmeter.usage.*`. */
const PARTS: readonly (readonly [keyof GenAiUsage, string])[] = [
  ['inputTokens', 'input_tokens'],
  ['cacheReadTokens', 'cache_read.input_tokens'],
  ['cacheWriteTokens', 'cache_write.input_tokens'],
  ['cacheWrite5mTokens', 'cache_write_5m.input_tokens'],
  ['cacheWrite1hTokens', 'cache_write_1h.input_tokens'],
  ['cacheWrite12hTokens', 'cache_write_12h.input_tokens'],
  ['audioInputTokens', 'audio.input_tokens'],
  ['audioCacheReadTokens', 'audio.cache_read.input_tokens'],
  ['imageInputTokens', 'image.input_tokens'],
  ['imageCacheReadTokens', 'image.cache_read.input_tokens'],
  ['outputTokens', 'output_tokens'],
  ['reasoningTokens', 'reasoning.output_tokens'],
  ['audioOutputTokens', 'audio.output_tokens'],
  ['imageOutputTokens', 'image.output_tokens'],
  ['videoInputTokens', 'video.input_tokens'],
  ['videoOutputTokens', 'video.output_tokens'],
  ['citationTokens', 'citation_tokens'],
  ['images', 'images'],
  ['seconds', 'seconds'],
  ['searchUnits', 'search_units'],
]

/** One attribute for models as many as there are: a list of maps is not an attribute everywhere, its JSON is. */
export function furtherModels(models: readonly FurtherUsage[]): string {
  const entries = models.map(({ model, included, usage }) =>
    // JSON leaves out what is undefined.
    Object.fromEntries([
      ['model', model],
      ['included', included],
      ...PARTS.map(([part, name]) => [name, usage[part]]),
    ]),
  )
  return JSON.stringify(entries)
}
