import type { Attributes, AttributeValue } from '@opentelemetry/api'
import type { SemconvVersion } from '../configuration.ts'
import type { GenAiResponse } from '../flavors/types.ts'
import * as semconv from '../semconv.ts'
import { addUsage, furtherModels } from './usage-attributes.ts'

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
  if (response.usage !== undefined && operation !== 'fetch_response')
    addUsage(attributes, response.usage, version)
  if (response.furtherUsage !== undefined)
    add(semconv.ATTR_SPANMETER_USAGE_FURTHER_MODELS, furtherModels(response.furtherUsage))
  return attributes
}

/**
 * A response made in the background, within some hours, has a price of its own, but the provider names no tier for it.
 */
function tierOf({ serviceTier, completionWindow }: GenAiResponse): string | undefined {
  return completionWindow === undefined ? serviceTier : `background_${completionWindow}`
}
