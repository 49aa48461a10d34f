import type { Attributes } from '@opentelemetry/api'
import type { SemconvVersion } from '../configuration.ts'
import type { FurtherUsage, GenAiUsage } from '../flavors/types.ts'
import * as semconv from '../semconv.ts'

/** The attribute for each part of a usage: `spanmeter.*` where the conventions have no name for it. */
const DEVELOPMENT: Readonly<Record<keyof GenAiUsage, string>> = {
  inputTokens: semconv.ATTR_USAGE_INPUT_TOKENS,
  cacheReadTokens: semconv.ATTR_USAGE_CACHE_READ_INPUT_TOKENS,
  cacheWriteTokens: semconv.ATTR_USAGE_CACHE_WRITE_INPUT_TOKENS,
  cacheWrite5mTokens: semconv.ATTR_SPANMETER_CACHE_WRITE_5M,
  cacheWrite1hTokens: semconv.ATTR_SPANMETER_CACHE_WRITE_1H,
  cacheWrite12hTokens: semconv.ATTR_SPANMETER_CACHE_WRITE_12H,
  outputTokens: semconv.ATTR_USAGE_OUTPUT_TOKENS,
  reasoningTokens: semconv.ATTR_USAGE_REASONING_OUTPUT_TOKENS,
  textInputTokens: semconv.ATTR_USAGE_TEXT_INPUT_TOKENS,
  textCacheReadTokens: semconv.ATTR_USAGE_TEXT_CACHE_READ_INPUT_TOKENS,
  textOutputTokens: semconv.ATTR_USAGE_TEXT_OUTPUT_TOKENS,
  audioInputTokens: semconv.ATTR_USAGE_AUDIO_INPUT_TOKENS,
  audioCacheReadTokens: semconv.ATTR_USAGE_AUDIO_CACHE_READ_INPUT_TOKENS,
  audioOutputTokens: semconv.ATTR_USAGE_AUDIO_OUTPUT_TOKENS,
  imageInputTokens: semconv.ATTR_USAGE_IMAGE_INPUT_TOKENS,
  imageCacheReadTokens: semconv.ATTR_USAGE_IMAGE_CACHE_READ_INPUT_TOKENS,
  imageOutputTokens: semconv.ATTR_USAGE_IMAGE_OUTPUT_TOKENS,
  videoInputTokens: semconv.ATTR_SPANMETER_USAGE_VIDEO_INPUT_TOKENS,
  videoOutputTokens: semconv.ATTR_SPANMETER_USAGE_VIDEO_OUTPUT_TOKENS,
  citationTokens: semconv.ATTR_SPANMETER_USAGE_CITATION_TOKENS,
  billedInputTokens: semconv.ATTR_SPANMETER_BILLED_INPUT_TOKENS,
  billedOutputTokens: semconv.ATTR_SPANMETER_BILLED_OUTPUT_TOKENS,
  compactionInputTokens: semconv.ATTR_SPANMETER_COMPACTION_INPUT_TOKENS,
  compactionCacheReadTokens: semconv.ATTR_SPANMETER_COMPACTION_CACHE_READ,
  compactionCacheWriteTokens: semconv.ATTR_SPANMETER_COMPACTION_CACHE_WRITE,
  compactionOutputTokens: semconv.ATTR_SPANMETER_COMPACTION_OUTPUT_TOKENS,
  images: semconv.ATTR_SPANMETER_USAGE_IMAGES,
  seconds: semconv.ATTR_SPANMETER_USAGE_SECONDS,
  characters: semconv.ATTR_SPANMETER_USAGE_CHARACTERS,
  pages: semconv.ATTR_SPANMETER_USAGE_PAGES,
  searchUnits: semconv.ATTR_SPANMETER_USAGE_SEARCH_UNITS,
}

/** The published version has another name for one of them, and none for text. */
const PUBLISHED: Readonly<Record<keyof GenAiUsage, string | undefined>> = {
  ...DEVELOPMENT,
  cacheWriteTokens: semconv.ATTR_USAGE_CACHE_CREATION_INPUT_TOKENS,
  textInputTokens: undefined,
  textCacheReadTokens: undefined,
  textOutputTokens: undefined,
}

export function addUsage(attributes: Attributes, usage: GenAiUsage, version: SemconvVersion): void {
  const names = version === 'dev' ? DEVELOPMENT : PUBLISHED
  for (const part in usage) {
    const name = names[part as keyof GenAiUsage]
    const amount = usage[part as keyof GenAiUsage]
    if (name !== undefined && amount !== undefined) attributes[name] = amount
  }
}

const PREFIX = /^(gen_ai|spanmeter)\.usage\./

/**
 * One attribute for all further models. It is JSON because a list of maps is no valid attribute everywhere. Parts have
 * the names of their attributes in the development version, without `gen_ai.usage.` or `spanmeter.usage.`.
 */
export function furtherModels(models: readonly FurtherUsage[]): string {
  const entries = models.map(({ model, included, usage }) => {
    const parts = Object.entries(usage).filter(([part]) => PUBLISHED[part as keyof GenAiUsage] !== undefined)
    const named = parts.map(([part, amount]) => [
      DEVELOPMENT[part as keyof GenAiUsage].replace(PREFIX, ''),
      amount,
    ])
    // JSON leaves out what is undefined.
    return { model, included, ...Object.fromEntries(named) }
  })
  return JSON.stringify(entries)
}
