import { asName, asNumber, asObject } from '../wire/json.ts'
import { readDocument } from '../wire/json-document.ts'
import type { RequestHead } from '../wire/types.ts'
import { isFailure, readError, readFailure } from './readers/errors.ts'
import { anyKnown, known } from './readers/known.ts'
import { decoded } from './readers/paths.ts'
import type { ApiFlavor, GenAiRequest, GenAiResponse, GenAiUsage } from './types.ts'

/**
 * https://docs.fal.ai/model-apis/model-endpoints: the path is the model, the answer holds what it made: at once, or after a
 * wait in the queue, whose answer is a ticket.
 */
export const falRun: ApiFlavor = {
  name: 'fal-run',
  provider: 'fal_ai',
  matches: (request) => request.method === 'POST' && isFal(request),
  readRequest(request) {
    return {
      operation: 'generate_content',
      ...known<Partial<GenAiRequest>>({
        model: decoded(request.path.slice(1)),
        background: request.host === 'queue.fal.run' ? true : undefined,
      }),
    }
  },
  readResponse(response, request) {
    const document = readDocument(response.body, ['request_id', 'seed', 'usage'])
    if (isFailure(response, document)) return readFailure(response, document)
    const single = asObject(document.image) === undefined ? undefined : 1
    const images = Array.isArray(document.images) ? document.images.length : single
    return known<GenAiResponse>({
      id: asName(document.request_id) ?? response.header('x-fal-request-id'),
      usage: request.background
        ? undefined
        : anyKnown<GenAiUsage>({ images, seconds: asNumber(asObject(document.audio)?.duration) }),
      error: readError(response, document),
    })
  },
}

function isFal({ host, path }: RequestHead): boolean {
  return (host === 'fal.run' || host === 'queue.fal.run') && path.length > 1
}
