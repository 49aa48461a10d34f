import type { Attributes, AttributeValue } from '@opentelemetry/api'
import type { SemconvVersion } from '../configuration.ts'
import type { GenAiResponse, GenAiUsage } from '../flavors/types.ts'
import * as semconv from '../semconv.ts'
import { furtherModels } from './further-models.ts'

/** What the response says, as span attributes. What it doesn't say gives none: unknown is never zero. */
export function responseAttributes(
  response: GenAiResponse,
  { operation, flavor, version }: { operation: string; flavor: string; version: SemconvVersion },
): Attributes {
  const attributes: Attributes = {}
  const add = (name: string, value: AttributeValue | undefined): void => {
    if (value !== undefined) attributes[name] = value
  }
  add(semconv.ATTR_RESPONSE_ID, response.id)
  add(semconv.ATTR_RESPONSE_MODEL, response.model)
  add(semconv.ATTR_RESPONSE_FINISH_REASONS, response.finishReasons)
  add(semconv.ATTR_CONVERSATION_ID, response.conversationId)
  add(semconv.ATTR_SPANMETER_RESPONSE_SERVICE_TIER, tierOf(response))
  add(semconv.ATTR_SPANMETER_RESPONSE_SPEED, response.speed)
  add(semconv.ATTR_SPANMETER_RESPONSE_INFERENCE_GEO, response.inferenceGeo)
  add(semconv.ATTR_SPANMETER_REQUEST_BATCH, response.batch)
  if (flavor.startsWith('openai-')) {
    add(semconv.ATTR_OPENAI_RESPONSE_SERVICE_TIER, response.serviceTier)
    add(semconv.ATTR_OPENAI_RESPONSE_SYSTEM_FINGERPRINT, response.systemFingerprint)
  }
  if (version === 'dev') {
    add(semconv.ATTR_RESPONSE_STATUS, response.status)
    add(semconv.ATTR_CONVERSATION_COMPACTED, response.compacted)
  }
  for (const tool in response.toolRequests) {
    add(semconv.toolRequestsAttribute(tool), response.toolRequests[tool])
  }
  if (response.declaredCost !== undefined) {
    add(semconv.ATTR_USAGE_COST_AMOUNT, response.declaredCost.amount)
    add(semconv.ATTR_USAGE_COST_CURRENCY, response.declaredCost.currency)
    add(semconv.ATTR_USAGE_COST_SOURCE, 'provider')
  }
  // "Instrumentations SHOULD NOT report token usage for this operation": it was reported when it was made.
  if (response.usage !== undefined && operation !== 'fetch_response') addUsage(response.usage, version, add)
  if (response.furtherUsage !== undefined)
    add(semconv.ATTR_SPANMETER_USAGE_FURTHER_MODELS, furtherModels(response.furtherUsage))
  return attributes
}

/** The provider names no tier for what is made in the background within hours, at a price of its own. */
function tierOf({ serviceTier, completionWindow }: GenAiResponse): string | undefined {
  return completionWindow === undefined ? serviceTier : `background_${completionWindow}`
}

function addUsage(
  usage: GenAiUsage,
  version: SemconvVersion,
  add: (name: string, value: number | undefined) => void,
): void {
  add(semconv.ATTR_USAGE_INPUT_TOKENS, usage.inputTokens)
  add(semconv.ATTR_USAGE_OUTPUT_TOKENS, usage.outputTokens)
  add(semconv.ATTR_USAGE_CACHE_READ_INPUT_TOKENS, usage.cacheReadTokens)
  const cacheWrite =
    version === 'dev'
      ? semconv.ATTR_USAGE_CACHE_WRITE_INPUT_TOKENS
      : semconv.ATTR_USAGE_CACHE_CREATION_INPUT_TOKENS
  add(cacheWrite, usage.cacheWriteTokens)
  add(semconv.ATTR_USAGE_REASONING_OUTPUT_TOKENS, usage.reasoningTokens)
  add(semconv.ATTR_SPANMETER_CACHE_WRITE_5M, usage.cacheWrite5mTokens)
  add(semconv.ATTR_SPANMETER_CACHE_WRITE_1H, usage.cacheWrite1hTokens)
  add(semconv.ATTR_SPANMETER_CACHE_WRITE_12H, usage.cacheWrite12hTokens)
  add(semconv.ATTR_SPANMETER_BILLED_INPUT_TOKENS, usage.billedInputTokens)
  add(semconv.ATTR_SPANMETER_BILLED_OUTPUT_TOKENS, usage.billedOutputTokens)
  add(semconv.ATTR_SPANMETER_COMPACTION_INPUT_TOKENS, usage.compactionInputTokens)
  add(semconv.ATTR_SPANMETER_COMPACTION_CACHE_READ, usage.compactionCacheReadTokens)
  add(semconv.ATTR_SPANMETER_COMPACTION_CACHE_WRITE, usage.compactionCacheWriteTokens)
  add(semconv.ATTR_SPANMETER_COMPACTION_OUTPUT_TOKENS, usage.compactionOutputTokens)
  if (version === 'dev') {
    add(semconv.ATTR_USAGE_TEXT_INPUT_TOKENS, usage.textInputTokens)
    add(semconv.ATTR_USAGE_TEXT_CACHE_READ_INPUT_TOKENS, usage.textCacheReadTokens)
    add(semconv.ATTR_USAGE_TEXT_OUTPUT_TOKENS, usage.textOutputTokens)
  }
  add(semconv.ATTR_USAGE_AUDIO_INPUT_TOKENS, usage.audioInputTokens)
  add(semconv.ATTR_USAGE_AUDIO_CACHE_READ_INPUT_TOKENS, usage.audioCacheReadTokens)
  add(semconv.ATTR_USAGE_AUDIO_OUTPUT_TOKENS, usage.audioOutputTokens)
  add(semconv.ATTR_USAGE_IMAGE_INPUT_TOKENS, usage.imageInputTokens)
  add(semconv.ATTR_USAGE_IMAGE_CACHE_READ_INPUT_TOKENS, usage.imageCacheReadTokens)
  add(semconv.ATTR_USAGE_IMAGE_OUTPUT_TOKENS, usage.imageOutputTokens)
  add(semconv.ATTR_SPANMETER_USAGE_VIDEO_INPUT_TOKENS, usage.videoInputTokens)
  add(semconv.ATTR_SPANMETER_USAGE_VIDEO_OUTPUT_TOKENS, usage.videoOutputTokens)
  add(semconv.ATTR_SPANMETER_USAGE_CITATION_TOKENS, usage.citationTokens)
  add(semconv.ATTR_SPANMETER_USAGE_IMAGES, usage.images)
  add(semconv.ATTR_SPANMETER_USAGE_SECONDS, usage.seconds)
  add(semconv.ATTR_SPANMETER_USAGE_CHARACTERS, usage.characters)
  add(semconv.ATTR_SPANMETER_USAGE_PAGES, usage.pages)
  add(semconv.ATTR_SPANMETER_USAGE_SEARCH_UNITS, usage.searchUnits)
}
