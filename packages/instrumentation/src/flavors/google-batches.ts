import { wholeOf } from '../wire/bytes.ts'
import { asName, asObject, objectsIn } from '../wire/json.ts'
import { readDocument } from '../wire/json-document.ts'
import { addUpResults } from './readers/batch-results.ts'
import { isFailure, readError, readFailure } from './readers/errors.ts'
import { googleModelOf } from './readers/google-model.ts'
import { readGenerateContent } from './readers/google-response.ts'
import { known } from './readers/known.ts'
import type { ApiFlavor, GenAiRequest, GenAiResponse } from './types.ts'

/**
 * https://ai.google.dev/api/batch-api. Creating a batch makes no inference yet; what it used stands in the answers that are
 * part of the batch once it is done, and is reported by the call that fetches it then. Those in a file are files like others.
 */
export const googleBatches: ApiFlavor = {
  name: 'google-batches',
  provider: 'gcp.gen_ai',
  matches: ({ method, path }) =>
    method === 'POST'
      ? path.endsWith(':batchGenerateContent') || path.endsWith(':asyncBatchEmbedContent')
      : method === 'GET' && (path.includes('/v1beta/batches/') || path.includes('/v1alpha/batches/')),
  readRequest: (request) => ({
    operation: request.method === 'POST' ? 'create_batch' : 'fetch_batch_results',
    batch: true,
    ...known<Partial<GenAiRequest>>({ model: googleModelOf(request.path) }),
  }),
  readResponse(response, request) {
    const document = readDocument(response.body, [])
    if (isFailure(response, document)) return readFailure(response, document)
    // The sum of a part of them would be a wrong number.
    if (wholeOf(response.body) === undefined) return { unreadable: true }
    const metadata = asObject(document.metadata)
    const output = asObject(document.response) ?? asObject(metadata?.output)
    const inlined = objectsIn(asObject(output?.inlinedResponses)?.inlinedResponses)
    const added = addUpResults(inlined.map((entry) => readGenerateContent(response, entry)))
    return known<GenAiResponse>({
      ...(request.operation === 'fetch_batch_results' && added),
      id: asName(document.name),
      status: asName(metadata?.state),
      model: added.model ?? asName(metadata?.model)?.replace(/^models\//, ''),
      error: readError(response, document),
    })
  },
}
