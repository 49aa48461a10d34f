import type { GenAiResponse } from '../flavors/types.ts'
import type { HeaderReader } from '../request-head.ts'

/**
 * Headers in which gateways say whether they had the answer already: `HIT`, or Portkey's `SEMANTIC HIT`.
 * https://developers.cloudflare.com/ai-gateway/features/caching/
 * https://portkey.ai/docs/api-reference/inference-api/response-schema
 * https://docs.helicone.ai/features/advanced-usage/caching
 */
const CACHE_HEADERS = ['cf-aig-cache-status', 'x-portkey-cache-status', 'helicone-cache']

/**
 * When a gateway answers from its cache, no provider is asked: the usage in the answer was paid for when it was made.
 */
export function withCostOfCached(response: GenAiResponse, header: HeaderReader): GenAiResponse {
  const isCached = CACHE_HEADERS.some((name) => header(name)?.endsWith('HIT'))
  return isCached ? { ...response, declaredCost: { amount: 0, currency: 'USD' } } : response
}
