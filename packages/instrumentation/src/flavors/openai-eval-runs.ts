import { asName, asObject } from '../wire/json.ts'
import { known } from './readers/known.ts'
import { readEvalRun } from './readers/openai-eval-run.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor, GenAiRequest } from './types.ts'

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
    return known<GenAiRequest>({
      operation: 'evaluation',
      background: true,
      model: asName(asObject(body?.data_source)?.model),
    })
  },
  readResponse: readEvalRun,
}
