import { type EventStream, openEventStream } from '../wire/event-stream.ts'
import { asBoolean, asCount, asName, asNumber, asObject, type JsonObject } from '../wire/json.ts'
import { readDocument } from '../wire/json-document.ts'
import { atMost } from '../wire/stream-event.ts'
import { readAnswerIn } from './readers/json-answer.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor } from './types.ts'

/** `chat.end` is the last event. */
const LAST_EVENTS = 2

/** https://lmstudio.ai/docs/developer/rest: the server's own chat; it also speaks OpenAI's and Anthropic's. */
export const lmStudioChat: ApiFlavor = {
  name: 'lm-studio-chat',
  provider: 'lm_studio',
  endpoints: ['POST /api/v1/chat'],
  readRequest(request) {
    const body = readRequestMembers(request)
    if (body === undefined || !('model' in body) || !('input' in body)) return undefined
    return {
      operation: 'chat',
      model: asName(body.model),
      stream: asBoolean(body.stream),
      maxTokens: asCount(body.max_output_tokens),
      temperature: asNumber(body.temperature),
      topP: asNumber(body.top_p),
      topK: asCount(body.top_k),
      reasoningEffort: asName(body.reasoning),
      previousResponseId: asName(body.previous_response_id),
    }
  },
  readResponse(response) {
    const events = openEventStream(response)
    return readAnswerIn(
      response,
      events === undefined
        ? readDocument(response.body, ['stats', 'model_instance_id', 'response_id'])
        : lastResult(events),
      (document) => {
        const stats = asObject(document.stats) ?? {}
        return {
          id: asName(document.response_id),
          model: asName(document.model_instance_id),
          usage: {
            inputTokens: asCount(stats.input_tokens),
            outputTokens: asCount(stats.total_output_tokens),
            reasoningTokens: asCount(stats.reasoning_output_tokens),
          },
        }
      },
    )
  },
}

function lastResult(events: EventStream): JsonObject | undefined {
  for (const event of atMost(LAST_EVENTS, events.backward())) {
    const document = event.json()
    const result = asObject(document?.result)
    if (result !== undefined || document?.error !== undefined) return result ?? document
  }
  return {}
}
