import { asName, asNumber, asObject } from '../../wire/json.ts'
import { readDocument } from '../../wire/json-document.ts'
import type { ObservedResponse } from '../../wire/types.ts'
import type { GenAiResponse, GenAiUsage } from '../types.ts'
import { isFailure, readError, readFailure } from './errors.ts'
import { anyKnown, known } from './known.ts'

/** What a model has made, which is counted, or the ticket of the queue, which has nothing in it. */
export function readFalAnswer(response: ObservedResponse): GenAiResponse {
  const document = readDocument(response.body, ['request_id', 'seed', 'usage'])
  if (isFailure(response, document)) return readFailure(response, document)
  const single = asObject(document.image) === undefined ? undefined : 1
  return known<GenAiResponse>({
    id: asName(document.request_id) ?? response.header('x-fal-request-id'),
    usage: anyKnown<GenAiUsage>({
      images: Array.isArray(document.images) ? document.images.length : single,
      seconds: asNumber(asObject(document.audio)?.duration),
    }),
    error: readError(response, document),
  })
}
