import { OpenAiLiveSession } from '../sessions/openai-live.ts'
import { openEventStream } from '../wire/event-stream.ts'
import { asName, asNames, asNumber, asObject } from '../wire/json.ts'
import { parseBody, textPart } from './content/parts.ts'
import { readRequestMembers } from './readers/request-members.ts'
import { opensWebSocket } from './readers/web-socket.ts'
import type { ApiFlavor } from './types.ts'

/**
 * https://developers.openai.com/api/reference/resources/live: its last event, or the last that was received, states the
 * duration.
 */
export const openaiLive: ApiFlavor = {
  name: 'openai-live',
  provider: 'openai',
  endpoints: [
    'GET /live/sessions',
    'GET /live/sessions/{session...}/attach',
    'GET /live/sessions/{session...}/fork',
  ],
  accepts: opensWebSocket,
  openSession: (connection) => new OpenAiLiveSession(connection),
  readRequest(request) {
    const body = readRequestMembers(request) ?? {}
    return {
      operation: 'chat',
      outputType: 'speech',
      model: asName(body.model),
      conversationId: asName(body.id),
    }
  },
  readResponse(response) {
    const [last] = openEventStream(response)?.backward() ?? []
    const event = last?.json()
    return {
      finishReasons: asNames(event?.reason),
      usage: { seconds: asNumber(asObject(event?.usage)?.seconds) },
    }
  },
  readContent: ({ body }) => {
    const systemInstructions = textPart(parseBody(body)?.instructions)
    return systemInstructions.length === 0 ? {} : { systemInstructions }
  },
}
