import { openEventStream } from '../wire/event-stream.ts'
import { asName, asNames, asObject, type JsonObject, objectsIn } from '../wire/json.ts'
import { readDocument } from '../wire/json-document.ts'
import { atMost } from '../wire/stream-event.ts'
import { isCohere, readCohereParameters } from './readers/cohere-request.ts'
import { readCohereUsage } from './readers/cohere-usage.ts'
import { readAnswerIn } from './readers/json-answer.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor } from './types.ts'

/** The last line of a stream holds the whole response. */
const LAST_EVENTS = 2

/**
 * https://docs.cohere.com/reference/generate and https://docs.cohere.com/reference/summarize, which were replaced by
 * chat.
 */
export const cohereGenerate: ApiFlavor = {
  name: 'cohere-generate',
  provider: 'cohere',
  endpoints: [
    'POST /v1/generate',
    // Apps have one too.
    'POST *cohere*/v1/summarize',
  ],
  readRequest(request) {
    const body = readRequestMembers(request)
    if (body === undefined || !('prompt' in body || 'text' in body)) return undefined
    if (!isCohere(request, body)) return undefined
    return { operation: 'text_completion', ...readCohereParameters(body) }
  },
  readResponse(response) {
    const events = openEventStream(response)
    let document: JsonObject | undefined
    if (events === undefined) document = readDocument(response.body, ['meta', 'id'])
    else {
      for (const event of atMost(LAST_EVENTS, events.backward()))
        document ??= asObject(event.json()?.response)
    }
    return readAnswerIn(response, document, ({ id, generations, meta }) => ({
      id: asName(id),
      finishReasons: asNames(objectsIn(generations).map(({ finish_reason }) => finish_reason)),
      usage: readCohereUsage(meta),
    }))
  },
}
