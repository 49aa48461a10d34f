import { asCount, asName, asObject, type JsonObject } from '../../wire/json.ts'
import type { GenAiResponse, GenAiUsage } from '../types.ts'
import { inDollars } from './declared-cost.ts'
import { anyKnown, known } from './known.ts'

/** What a model of the AI SDK returns, as JSON: its name, its usage and what the gateway charges. */
export function readVercelResult(result: JsonObject): GenAiResponse {
  const metadata = asObject(result.response) ?? result
  return known<GenAiResponse>({
    id: asName(metadata.id),
    model: asName(metadata.modelId) ?? asName(metadata.model),
    usage: readUsage(result.usage),
    declaredCost: readCost(asObject(asObject(result.providerMetadata)?.gateway)),
  })
}

/** With the customer's own key, the gateway charges only surcharges; what the provider charges isn't stated. */
function readCost(gateway: JsonObject | undefined): GenAiResponse['declaredCost'] {
  const cost = Number(gateway?.cost ?? Number.NaN)
  const charged = Number(gateway?.gatewayCost ?? cost)
  if (!Number.isFinite(charged) || (cost === 0 && Number(gateway?.marketCost) > 0)) return undefined
  return inDollars(charged)
}

/** In the interface's second version, parts are siblings of the totals; from the third on, they are beneath them. */
function readUsage(value: unknown): GenAiUsage | undefined {
  const usage = asObject(value)
  if (usage === undefined) return undefined
  const input = asObject(usage.inputTokens) ?? {}
  const output = asObject(usage.outputTokens) ?? {}
  return anyKnown<GenAiUsage>({
    inputTokens: asCount(input.total) ?? asCount(usage.inputTokens) ?? asCount(usage.tokens),
    cacheReadTokens: asCount(input.cacheRead) ?? asCount(usage.cachedInputTokens),
    cacheWriteTokens: asCount(input.cacheWrite),
    outputTokens: asCount(output.total) ?? asCount(usage.outputTokens),
    reasoningTokens: asCount(output.reasoning) ?? asCount(usage.reasoningTokens),
  })
}
