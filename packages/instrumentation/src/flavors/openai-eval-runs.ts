import { asName, asObject, objectsIn } from '../wire/json.ts'
import { readJsonAnswer } from './readers/json-answer.ts'
import { known } from './readers/known.ts'
import { readOpenAiUsage } from './readers/openai-usage.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor, FurtherUsage } from './types.ts'

/** Before that, the usage is only what was used so far. */
const ENDED: readonly unknown[] = ['completed', 'failed', 'canceled']

/**
 * https://platform.openai.com/docs/api-reference/evals/createRun: models answer and judge all items of a data source.
 * Their usage is known when the run is fetched.
 */
export const openaiEvalRuns: ApiFlavor = {
  name: 'openai-eval-runs',
  provider: 'openai',
  endpoints: ['POST /evals/{eval}/runs'],
  readRequest(request) {
    const body = readRequestMembers(request)
    if (body !== undefined && !('data_source' in body)) return undefined
    return {
      operation: 'evaluation',
      background: true,
      model: asName(asObject(body?.data_source)?.model),
    }
  },
  /** The usage of each model, the one that answers and those that judge, over all items. */
  readResponse: (response) =>
    readJsonAnswer(response, ['per_model_usage', 'model', 'status'], (document) => {
      const used = ENDED.includes(document.status) ? objectsIn(document.per_model_usage).flatMap(usageOf) : []
      const [first, ...others] = used
      return {
        id: asName(document.id),
        model: first?.model ?? asName(document.model),
        status: asName(document.status),
        usage: first?.usage,
        furtherUsage: others.length > 0 ? others : undefined,
      }
    }),
}

function usageOf(entry: Record<string, unknown>): FurtherUsage[] {
  const usage = readOpenAiUsage(entry)
  return usage === undefined ? [] : [known<FurtherUsage>({ model: asName(entry.model_name), usage })]
}
