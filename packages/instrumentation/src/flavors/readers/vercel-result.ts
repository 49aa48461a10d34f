import { asCount, asName, asObject, type JsonObject } from '../../wire/json.ts'
import type { GenAiResponse, GenAiUsage } from '../types.ts'
import { inDollars } from './declared-cost.ts'
import { anyKnown, known } from './known.ts'

/** What a model of the AI SDK gives back, as JSON: which one it was, what it used and what the gateway takes for it. */
export function readVercelResult(result: JsonObject): GenAiResponse {
  const metadata = asObject(result.response) ?? result
  return known<GenAiResponse>({
    id: asName(metadata.id),
    model: asName(metadata.modelId) ?? asName(metadata.model),
    usage: readUsage(result.usage),
    declaredCost: readCost(asObject(asObject(result.providerMetadata)?.gateway)),
  })
}

/** With the customer's own key the gateway charges nothing but surcharges, and the provider what is not stated. */
function readCost(gateway: JsonObject | undefined): GenAiResponse['declaredCost'] {
  const cost = Number(gateway?.cost ?? Number.NaN)
  const charged = Number(gateway?.gatewayCost ?? cost)
  if (!Number.isFinite(charged) || (cost === 0 && Number(gateway?.marketCost) > 0)) return undefined
  return inDollars(charged)
}

/** Totals with their parts: as siblings in the interface's second version, beneath them from the third on. */
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
