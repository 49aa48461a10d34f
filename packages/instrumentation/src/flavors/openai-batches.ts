import { asName, asObject, type JsonObject, objectsIn } from '../wire/json.ts'
import { readDocument } from '../wire/json-document.ts'
import type { ObservedResponse } from '../wire/types.ts'
import { addUpResults } from './readers/batch-results.ts'
import { isFailure, readError, readFailure } from './readers/errors.ts'
import { known } from './readers/known.ts'
import { readCompletion } from './readers/openai-choices.ts'
import { readDeclaredCost, readOpenAiUsage } from './readers/openai-usage.ts'
import { endsWithAny } from './readers/paths.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor, GenAiResponse } from './types.ts'

/** Azure's path has no version. */
const PATHS = ['/v1/batches', '/openai/batches']

/** One of these is there; OpenRouter takes the requests themselves. */
const MEMBERS = ['endpoint', 'input_file_id', 'requests']

/**
 * https://platform.openai.com/docs/api-reference/batch. Creating a batch makes no inference yet; what it used stands in
 * the batch once it is completed, and is reported by the call that fetches it then. xAI's stands in the results, a page of
 * them at a time.
 */
export const openaiBatches: ApiFlavor = {
  name: 'openai-batches',
  provider: 'openai',
  matches: ({ method, path }) =>
    method === 'POST'
      ? endsWithAny(path, PATHS)
      : method === 'GET' && (path.includes('/v1/batches/batch_') || path.includes('/openai/batches/batch_')),
  readRequest(request) {
    if (request.method === 'GET') return { operation: 'fetch_batch_results', batch: true }
    const body = readRequestMembers(request)
    if (body !== undefined && !MEMBERS.some((name) => name in body)) return undefined
    return { operation: 'create_batch', batch: true }
  },
  readResponse(response) {
    const document = readDocument(response.body, ['usage', 'model', 'id', 'status'])
    if (isFailure(response, document)) return readFailure(response, document)
    const status = asName(document.status)
    const isDone = status === 'completed'
    return known<GenAiResponse>({
      id: asName(document.id),
      model: asName(document.model),
      status,
      usage: isDone ? readOpenAiUsage(document.usage) : undefined,
      declaredCost: isDone ? readDeclaredCost(response, document.usage) : undefined,
      ...readXaiResults(response, document),
      error: readError(response, document),
    })
  },
}

/** Each answer stands under the name of what was asked for. */
function readXaiResults(response: ObservedResponse, document: JsonObject): GenAiResponse | undefined {
  const answers = objectsIn(document.results).flatMap((result): JsonObject[] => {
    const answer = asObject(asObject(result.batch_result)?.response)
    return objectsIn(Object.values(answer ?? {}))
  })
  if (answers.length === 0) return undefined
  return addUpResults(answers.map((answer) => readCompletion(response, answer)))
}
