import { asName } from '../wire/json.ts'
import { readDocument } from '../wire/json-document.ts'
import { isFailure, readError, readFailure } from './readers/errors.ts'
import { known } from './readers/known.ts'
import { readOpenAiUsage } from './readers/openai-usage.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor, GenAiResponse } from './types.ts'

/**
 * https://platform.openai.com/docs/api-reference/batch. Creating a batch makes no inference yet; what it used stands in
 * the batch once it is completed, and is reported by the call that fetches it then.
 */
export const openaiBatches: ApiFlavor = {
  name: 'openai-batches',
  provider: 'openai',
  matches: ({ method, path }) =>
    method === 'POST'
      ? path.endsWith('/v1/batches')
      : method === 'GET' && path.includes('/v1/batches/batch_'),
  readRequest(request) {
    if (request.method === 'GET') return { operation: 'fetch_batch_results', batch: true }
    const body = readRequestMembers(request)
    return body === undefined || 'endpoint' in body ? { operation: 'create_batch', batch: true } : undefined
  },
  readResponse(response) {
    const document = readDocument(response.body, ['usage', 'model', 'id', 'status'])
    if (isFailure(response, document)) return readFailure(response, document)
    const status = asName(document.status)
    return known<GenAiResponse>({
      id: asName(document.id),
      model: asName(document.model),
      status,
      usage: status === 'completed' ? readOpenAiUsage(document.usage) : undefined,
      error: readError(response, document),
    })
  },
}
