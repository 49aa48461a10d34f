import { cohere } from '../providers/cohere.ts'
import { asCount, asName, asObject } from '../wire/json.ts'
import { readDocument } from '../wire/json-document.ts'
import { isFailure, readError, readFailure } from './readers/errors.ts'
import { anyKnown, known } from './readers/known.ts'
import { endsOneAfter } from './readers/paths.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor, GenAiRequest, GenAiResponse, GenAiUsage } from './types.ts'

const BATCHES = '/v2/batches'

/**
 * https://docs.cohere.com/reference/create-batch. Creating a batch makes no inference yet; what it used stands in the batch
 * once it is completed, and is reported by the call that fetches it then.
 */
export const cohereBatches: ApiFlavor = {
  name: 'cohere-batches',
  provider: 'cohere',
  markers: [BATCHES],
  // Nothing but the host tells its batches from anyone's.
  matches: (request) =>
    request.method === 'POST'
      ? request.path.endsWith(BATCHES)
      : request.method === 'GET' && endsOneAfter(request.path, `${BATCHES}/`) && cohere.matches(request),
  readRequest(request) {
    if (request.method === 'GET') return { operation: 'fetch_batch_results', batch: true }
    const body = readRequestMembers(request)
    if (body !== undefined && !('input_dataset_id' in body)) return undefined
    return {
      operation: 'create_batch',
      batch: true,
      ...known<Partial<GenAiRequest>>({ model: asName(body?.model) }),
    }
  },
  readResponse(response) {
    const document = readDocument(response.body, ['batch'])
    if (isFailure(response, document)) return readFailure(response, document)
    const batch = asObject(document.batch) ?? {}
    return known<GenAiResponse>({
      id: asName(batch.id),
      model: asName(batch.model),
      status: asName(batch.status),
      usage:
        batch.status === 'BATCH_STATUS_COMPLETED'
          ? anyKnown<GenAiUsage>({
              inputTokens: asCount(batch.input_tokens),
              outputTokens: asCount(batch.output_tokens),
            })
          : undefined,
      error: readError(response, document),
    })
  },
}
