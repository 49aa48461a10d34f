import { OpenAiResponsesSession } from '../sessions/openai-responses.ts'
import { openaiResponses } from './openai-responses.ts'
import { opensWebSocket } from './readers/web-socket.ts'
import type { ApiFlavor } from './types.ts'

/**
 * https://developers.openai.com/api/docs/guides/websocket-mode: the same as over HTTP, with many responses on one
 * connection, each a stream.
 */
export const openaiResponsesWebsocket: ApiFlavor = {
  name: 'openai-responses-websocket',
  provider: 'openai',
  endpoints: ['GET /responses'],
  accepts: opensWebSocket,
  openSession: (connection) => new OpenAiResponsesSession(connection),
  readRequest(request) {
    const read = openaiResponses.readRequest(request)
    return read && { ...read, stream: true }
  },
  readResponse: openaiResponses.readResponse,
  readContent: openaiResponses.readContent!,
}
