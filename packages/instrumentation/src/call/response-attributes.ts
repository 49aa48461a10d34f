import type { Attributes } from '@opentelemetry/api'
import type { SemconvVersion } from '../configuration.ts'
import type { GenAiResponse, GenAiUsage } from '../flavors/types.ts'
import * as semconv from '../semconv.ts'

/** What the response says, as span attributes. What it doesn't say gives none: unknown is never zero. */
export function responseAttributes(
  response: GenAiResponse,
  { operation, flavor, version }: { operation: string; flavor: string; version: SemconvVersion },
): Attributes {
  const cost = response.declaredCost
  const attributes: Attributes = {
    [semconv.ATTR_RESPONSE_ID]: response.id,
    [semconv.ATTR_RESPONSE_MODEL]: response.model,
    [semconv.ATTR_RESPONSE_FINISH_REASONS]: response.finishReasons,
    [semconv.ATTR_CONVERSATION_ID]: response.conversationId,
    [semconv.ATTR_SPANMETER_RESPONSE_SERVICE_TIER]: response.serviceTier,
    [semconv.ATTR_SPANMETER_RESPONSE_SPEED]: response.speed,
    [semconv.ATTR_SPANMETER_RESPONSE_INFERENCE_GEO]: response.inferenceGeo,
    [semconv.ATTR_SPANMETER_REQUEST_BATCH]: response.batch,
  }
  if (flavor.startsWith('openai-')) {
    attributes[semconv.ATTR_OPENAI_RESPONSE_SERVICE_TIER] = response.serviceTier
    attributes[semconv.ATTR_OPENAI_RESPONSE_SYSTEM_FINGERPRINT] = response.systemFingerprint
  }
  if (version === 'dev') attributes[semconv.ATTR_RESPONSE_STATUS] = response.status
  // "Instrumentations SHOULD NOT report token usage for this operation": it was reported when it was made.
  if (operation === 'fetch_response') return attributes
  for (const tool in response.toolRequests) {
    attributes[semconv.toolRequestsAttribute(tool)] = response.toolRequests[tool]
  }
  if (cost !== undefined) {
    attributes[semconv.ATTR_USAGE_COST_AMOUNT] = cost.amount
    attributes[semconv.ATTR_USAGE_COST_CURRENCY] = cost.currency
    attributes[semconv.ATTR_USAGE_COST_SOURCE] = 'provider'
  }
  return response.usage === undefined
    ? attributes
    : Object.assign(attributes, usageAttributes(response.usage, version))
}

function usageAttributes(usage: GenAiUsage, version: SemconvVersion): Attributes {
  return {
    [semconv.ATTR_USAGE_INPUT_TOKENS]: usage.inputTokens,
    [semconv.ATTR_USAGE_OUTPUT_TOKENS]: usage.outputTokens,
    [semconv.ATTR_USAGE_CACHE_READ_INPUT_TOKENS]: usage.cacheReadTokens,
    [version === 'dev'
      ? semconv.ATTR_USAGE_CACHE_WRITE_INPUT_TOKENS
      : semconv.ATTR_USAGE_CACHE_CREATION_INPUT_TOKENS]: usage.cacheWriteTokens,
    [semconv.ATTR_USAGE_REASONING_OUTPUT_TOKENS]: usage.reasoningTokens,
    [semconv.ATTR_SPANMETER_CACHE_WRITE_5M]: usage.cacheWrite5mTokens,
    [semconv.ATTR_SPANMETER_CACHE_WRITE_1H]: usage.cacheWrite1hTokens,
    [semconv.ATTR_USAGE_AUDIO_INPUT_TOKENS]: usage.audioInputTokens,
    [semconv.ATTR_USAGE_AUDIO_CACHE_READ_INPUT_TOKENS]: usage.audioCacheReadTokens,
    [semconv.ATTR_USAGE_AUDIO_OUTPUT_TOKENS]: usage.audioOutputTokens,
    [semconv.ATTR_USAGE_IMAGE_INPUT_TOKENS]: usage.imageInputTokens,
    [semconv.ATTR_USAGE_IMAGE_CACHE_READ_INPUT_TOKENS]: usage.imageCacheReadTokens,
    [semconv.ATTR_USAGE_IMAGE_OUTPUT_TOKENS]: usage.imageOutputTokens,
    [semconv.ATTR_SPANMETER_USAGE_VIDEO_INPUT_TOKENS]: usage.videoInputTokens,
    [semconv.ATTR_SPANMETER_USAGE_VIDEO_OUTPUT_TOKENS]: usage.videoOutputTokens,
    [semconv.ATTR_SPANMETER_USAGE_CITATION_TOKENS]: usage.citationTokens,
    [semconv.ATTR_SPANMETER_USAGE_IMAGES]: usage.images,
    [semconv.ATTR_SPANMETER_USAGE_SECONDS]: usage.seconds,
    [semconv.ATTR_SPANMETER_USAGE_CHARACTERS]: usage.characters,
    [semconv.ATTR_SPANMETER_USAGE_PAGES]: usage.pages,
    [semconv.ATTR_SPANMETER_USAGE_SEARCH_UNITS]: usage.searchUnits,
  }
}
