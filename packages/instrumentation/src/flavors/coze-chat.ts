import { openEventStream } from '../wire/event-stream.ts'
import { asBoolean, asName, type JsonObject } from '../wire/json.ts'
import { readDocument } from '../wire/json-document.ts'
import { atMost } from '../wire/stream-event.ts'
import { readCozeChat } from './readers/coze-chat.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor } from './types.ts'

/** After the end of a chat comes a `done`. */
const LAST_EVENTS = 4

/**
 * https://docs.coze.com/developer_guides/chat_v3: a bot that Coze runs. Unless it streams, its answer has to be fetched
 * later.
 */
export const cozeChat: ApiFlavor = {
  name: 'coze-chat',
  provider: 'coze',
  endpoints: [
    'POST *.coze.com/v3/chat',
    'POST *.coze.cn/v3/chat',
    // A workflow that answers like a bot.
    'POST *.coze.com/v1/workflows/chat',
    'POST *.coze.cn/v1/workflows/chat',
  ],
  readRequest(request) {
    const body = readRequestMembers(request) ?? {}
    const stream = asBoolean(body.stream)
    return {
      operation: 'invoke_agent',
      agentId: asName(body.bot_id) ?? asName(body.workflow_id),
      conversationId:
        asName(new URLSearchParams(request.query).get('conversation_id')) ?? asName(body.conversation_id),
      stream,
      background: stream === true || request.path !== '/v3/chat' ? undefined : true,
    }
  },
  readResponse(response) {
    const events = openEventStream(response)
    if (events === undefined) return readCozeChat(response, readDocument(response.body, []))
    const document: JsonObject = {}
    for (const event of atMost(LAST_EVENTS, events.backward())) {
      if (event.type === 'error') Object.assign(document, event.json())
      else if (event.type?.startsWith('conversation.chat.')) document.data ??= event.json()
    }
    return readCozeChat(response, document)
  },
}
