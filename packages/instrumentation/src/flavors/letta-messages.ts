import { openEventStream } from '../wire/event-stream.ts'
import { asBoolean, asName, asObject, type JsonObject } from '../wire/json.ts'
import { readDocument } from '../wire/json-document.ts'
import { atMost } from '../wire/stream-event.ts'
import { isFailure, readError, readFailure } from './readers/errors.ts'
import { readOpenAiUsage } from './readers/openai-usage.ts'
import { segmentAfter } from './readers/paths.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor, ResponseDraft } from './types.ts'

/** After what the agent says come the stop reason, the usage and `[DONE]`, in any order. */
const LAST_EVENTS = 4

/**
 * https://docs.letta.com/api/resources/agents/subresources/messages: an agent that Letta runs, in its cloud or on the
 * user's own server.
 */
export const lettaMessages: ApiFlavor = {
  name: 'letta-messages',
  provider: 'letta',
  endpoints: [
    'POST /v1/agents/{agent}/messages',
    'POST /v1/agents/{agent}/messages/stream',
    'POST /v1/conversations/{conversation}/messages',
    'POST /v1/conversations/{conversation}/messages/stream',
  ],
  readRequest(request) {
    const body = readRequestMembers(request, ['streaming'])
    if (body === undefined || !('messages' in body || 'input' in body)) return undefined
    const isStreamed = request.path.endsWith('/stream') || asBoolean(body.streaming) === true
    return {
      operation: 'invoke_agent',
      agentId: segmentAfter(request.path, '/agents/') ?? asName(body.agent_id),
      conversationId: segmentAfter(request.path, '/conversations/'),
      stream: isStreamed ? true : undefined,
    }
  },
  readResponse(response) {
    const events = openEventStream(response)
    if (events === undefined) {
      const document = readDocument(response.body, ['usage', 'stop_reason'])
      return isFailure(response, document)
        ? readFailure(response, document)
        : readAnswer(asObject(document.stop_reason), asObject(document.usage))
    }
    const last: Record<string, JsonObject> = {}
    for (const event of atMost(LAST_EVENTS, events.backward())) {
      const message = event.json()
      const type = asName(message?.message_type)
      if (message !== undefined && type !== undefined) last[type] ??= message
    }
    const failure = last.error_message
    return {
      ...readAnswer(last.stop_reason, last.usage_statistics),
      error: failure && readError(response, { error: { ...failure, type: failure.error_type } }),
    }
  },
}

function readAnswer(stopped: JsonObject | undefined, usage: JsonObject | undefined): ResponseDraft {
  const reason = asName(stopped?.stop_reason)
  return {
    finishReasons: reason === undefined ? undefined : [reason],
    usage: readOpenAiUsage(usage),
  }
}
