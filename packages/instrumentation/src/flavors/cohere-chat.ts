import { type EventStream, openEventStream } from '../wire/event-stream.ts'
import { asName, asNames, asObject, type JsonObject } from '../wire/json.ts'
import { readDocument } from '../wire/json-document.ts'
import { atMost } from '../wire/stream-event.ts'
import type { ObservedResponse } from '../wire/types.ts'
import { readCohereContent } from './content/cohere-content.ts'
import { isCohere, readCohereParameters } from './readers/cohere-request.ts'
import { readCohereUsage } from './readers/cohere-usage.ts'
import { isFailure, readError, readFailure } from './readers/errors.ts'
import { known } from './readers/known.ts'
import { readCompletion, readCompletionStream } from './readers/openai-choices.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor, GenAiResponse, ResponseDraft } from './types.ts'

/** Any of them will do: of a long history before the message, only the beginning is held. */
const MESSAGES = ['message', 'messages', 'chat_history']

/** After the end of a message comes nothing but `[DONE]`. */
const LAST_EVENTS = 4

/**
 * https://docs.cohere.com/reference/chat, v1 and v2. Other APIs have a `/v1/chat` too: behind a gateway, where the host
 * doesn't tell, an answer in OpenAI's shape is read as such.
 */
export const cohereChat: ApiFlavor = {
  name: 'cohere-chat',
  provider: 'cohere',
  endpoints: ['POST /v2/chat', 'POST /v1/chat'],
  readRequest(request) {
    const body = readRequestMembers(request)
    if (body === undefined) return { operation: 'chat' }
    if (!MESSAGES.some((name) => name in body)) return undefined
    if (!isCohere(request, body)) return undefined
    return {
      operation: 'chat',
      ...readCohereParameters(body),
      conversationId: asName(body.conversation_id),
    }
  },
  readResponse(response) {
    const events = openEventStream(response)
    if (events !== undefined) return readChatStream(response, events)
    return readChat(
      response,
      readDocument(response.body, ['usage', 'meta', 'finish_reason', 'id', 'generation_id']),
    )
  },
  readContent: readCohereContent,
}

function readChat(response: ObservedResponse, document: JsonObject | undefined): GenAiResponse {
  if (isFailure(response, document)) return readFailure(response, document)
  if ('choices' in document) return readCompletion(response, document)
  return known<GenAiResponse>({
    id: asName(document.id) ?? asName(document.generation_id) ?? asName(document.response_id),
    finishReasons: asNames(document.finish_reason),
    conversationId: asName(document.conversation_id),
    usage: readCohereUsage(document.usage ?? document.meta),
    error: readError(response, document),
  })
}

/** v2 names the id at `message-start` and the rest at `message-end`; v1 repeats the whole response at `stream-end`. */
function readChatStream(response: ObservedResponse, events: EventStream): ResponseDraft {
  const [first] = events.forward()
  const start = first?.json() ?? {}
  if ('choices' in start) return readCompletionStream(response, events)
  const result: ResponseDraft = { id: asName(start.id) ?? asName(start.generation_id) }
  for (const event of atMost(LAST_EVENTS, events.backward())) {
    const end = event.json()
    const delta = asObject(end?.delta) ?? asObject(end?.response)
    if (delta === undefined || (end?.type !== 'message-end' && end?.event_type !== 'stream-end')) continue
    const error = asName(delta.error)
    Object.assign(result, readChat(response, { finish_reason: end.finish_reason, ...delta }))
    if (error !== undefined) result.error = { message: error }
    break
  }
  return result
}
