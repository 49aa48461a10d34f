import { GoogleLiveSession } from '../sessions/google-live.ts'
import { openEventStream } from '../wire/event-stream.ts'
import { asName } from '../wire/json.ts'
import { readGoogleContent } from './content/google-content.ts'
import { googleModelOf } from './readers/google-model.ts'
import { readGenerationConfig } from './readers/google-request.ts'
import { readGenerateContentStream } from './readers/google-response.ts'
import { readRequestMembers } from './readers/request-members.ts'
import { opensWebSocket } from './readers/web-socket.ts'
import type { ApiFlavor } from './types.ts'

/** https://ai.google.dev/api/live, the same on Vertex AI: a request is the set-up of its session. */
export const googleLive: ApiFlavor = {
  name: 'google-live',
  provider: 'gcp.gen_ai',
  endpoints: [
    'GET /{service...}BidiGenerateContent{constrained...}',
    'GET gateway.ai.cloudflare.com/{gateway...}/google{path...}',
  ],
  accepts: opensWebSocket,
  openSession: (connection) => new GoogleLiveSession(connection),
  readRequest(request) {
    const body = readRequestMembers(request) ?? {}
    const model = asName(body.model)
    return {
      operation: 'generate_content',
      stream: true,
      model: model && (googleModelOf(`/${model}`) ?? model),
      ...readGenerationConfig(body),
    }
  },
  readResponse(response) {
    const events = openEventStream(response)
    return events === undefined ? {} : readGenerateContentStream(response, events)
  },
  readContent: readGoogleContent,
}
