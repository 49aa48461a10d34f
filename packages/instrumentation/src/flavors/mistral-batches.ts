import { asName, asObject, objectsIn } from '../wire/json.ts'
import { readDocument } from '../wire/json-document.ts'
import { addUpResults } from './readers/batch-results.ts'
import { isFailure, readError, readFailure } from './readers/errors.ts'
import { known } from './readers/known.ts'
import { readCompletion } from './readers/openai-choices.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor, GenAiRequest, GenAiResponse } from './types.ts'

const JOBS = '/v1/batch/jobs'

/**
 * https://docs.mistral.ai/api/endpoint/batch. Creating a job makes no inference yet; what it used stands in the answers that
 * are part of it, if asked for, once it is done. Those in a file are files like others.
 */
export const mistralBatches: ApiFlavor = {
  name: 'mistral-batches',
  provider: 'mistral_ai',
  matches: ({ method, path }) =>
    method === 'POST' ? path.endsWith(JOBS) : method === 'GET' && path.includes(`${JOBS}/`),
  readRequest(request) {
    if (request.method === 'GET') return { operation: 'fetch_batch_results', batch: true }
    const body = readRequestMembers(request)
    if (body !== undefined && !('endpoint' in body)) return undefined
    return {
      operation: 'create_batch',
      batch: true,
      ...known<Partial<GenAiRequest>>({ model: asName(body?.model) }),
    }
  },
  readResponse(response) {
    const document = readDocument(response.body, ['status', 'model'])
    if (isFailure(response, document)) return readFailure(response, document)
    const answers = objectsIn(document.outputs).map((output) => asObject(asObject(output.response)?.body))
    const added = addUpResults(answers.map((answer) => readCompletion(response, answer)))
    return known<GenAiResponse>({
      ...added,
      id: asName(document.id),
      model: added.model ?? asName(document.model),
      status: asName(document.status),
      error: readError(response, document),
    })
  },
}
