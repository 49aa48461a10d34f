import { asCount, asNames, asObject, type JsonObject, objectsIn } from '../../wire/json.ts'
import type { GenAiResponse, GenAiUsage } from '../types.ts'
import { anyKnown, known } from './known.ts'

/** The result of a completion, whether waited for or fetched. */
export function readYandexResult(result: JsonObject): GenAiResponse {
  const usage = asObject(result.usage) ?? {}
  return known<GenAiResponse>({
    finishReasons: asNames(objectsIn(result.alternatives).map(({ status }) => status)),
    usage: anyKnown<GenAiUsage>({
      inputTokens: asCount(usage.inputTextTokens),
      outputTokens: asCount(usage.completionTokens),
      reasoningTokens: asCount(asObject(usage.completionTokensDetails)?.reasoningTokens),
    }),
  })
}
