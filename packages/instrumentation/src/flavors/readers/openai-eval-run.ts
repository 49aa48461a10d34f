import { asName, objectsIn } from '../../wire/json.ts'
import { readDocument } from '../../wire/json-document.ts'
import type { ObservedResponse } from '../../wire/types.ts'
import type { FurtherUsage, GenAiResponse } from '../types.ts'
import { readJsonAnswer } from './json-answer.ts'
import { known } from './known.ts'
import { readOpenAiUsage } from './openai-usage.ts'

/** Before that, the usage is only what was used so far. */
const ENDED: readonly unknown[] = ['completed', 'failed', 'canceled']

/** The usage of each model, the one that answers and those that judge, over all items. */
export function readEvalRun(response: ObservedResponse): GenAiResponse {
  return readJsonAnswer(
    response,
    readDocument(response.body, ['per_model_usage', 'model', 'status']),
    (document) => {
      const used = ENDED.includes(document.status) ? objectsIn(document.per_model_usage).flatMap(usageOf) : []
      const [first, ...others] = used
      return {
        id: asName(document.id),
        model: first?.model ?? asName(document.model),
        status: asName(document.status),
        usage: first?.usage,
        furtherUsage: others.length > 0 ? others : undefined,
      }
    },
  )
}

function usageOf(entry: Record<string, unknown>): FurtherUsage[] {
  const usage = readOpenAiUsage(entry)
  return usage === undefined ? [] : [known<FurtherUsage>({ model: asName(entry.model_name), usage })]
}
