import { openEventStream } from '../wire/event-stream.ts'
import { asName, asObject, type JsonObject } from '../wire/json.ts'
import { readDocument } from '../wire/json-document.ts'
import { atMost } from '../wire/stream-event.ts'
import { isFailure, readError, readFailure } from './readers/errors.ts'
import { readOpenAiUsage } from './readers/openai-usage.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor, GenAiResponse } from './types.ts'

/** After `message_end` comes audio, if the app speaks. */
const LAST_EVENTS = 8

/**
 * https://docs.dify.ai/api-reference/chat/send-chat-message: an app that Dify runs, in its cloud or on the user's own
 * server.
 */
export const difyMessages: ApiFlavor = {
  name: 'dify-messages',
  provider: 'dify',
  endpoints: ['POST /chat-messages', 'POST /completion-messages'],
  readRequest(request) {
    const body = readRequestMembers(request, ['inputs', 'user', 'response_mode', 'conversation_id'])
    if (body === undefined || !('inputs' in body) || !('user' in body)) return undefined
    return {
      operation: 'invoke_agent',
      conversationId: asName(body.conversation_id),
      stream: body.response_mode === 'streaming' ? true : undefined,
    }
  },
  readResponse(response) {
    const events = openEventStream(response)
    let document = events === undefined ? readDocument(response.body, ['metadata']) : undefined
    for (const event of atMost(LAST_EVENTS, events?.backward() ?? [])) {
      document = event.json() ?? document
      if (document?.event === 'message_end' || document?.event === 'error') break
    }
    if (isFailure(response, document)) return readFailure(response, document)
    const usage = asObject(asObject(document.metadata)?.usage)
    return {
      id: asName(document.message_id) ?? asName(document.id),
      conversationId: asName(document.conversation_id),
      usage: readOpenAiUsage(usage),
      declaredCost: readCost(usage),
      error: readError(response, document.event === 'error' ? { error: document } : document),
    }
  },
}

/** Zero is no cost: Dify states it too if it doesn't know the model's price. */
function readCost(usage: JsonObject | undefined): GenAiResponse['declaredCost'] {
  const amount = Number(usage?.total_price)
  const currency = asName(usage?.currency)
  return amount > 0 && currency !== undefined ? { amount, currency } : undefined
}
