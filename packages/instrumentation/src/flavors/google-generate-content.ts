import { openEventStream } from '../wire/event-stream.ts'
import { asName, asObject } from '../wire/json.ts'
import { readGoogleContent } from './content/google-content.ts'
import { googleModelOf } from './readers/google-model.ts'
import { readGenerationConfig } from './readers/google-request.ts'
import { readGenerateContentBody, readGenerateContentStream } from './readers/google-response.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor } from './types.ts'

/** https://ai.google.dev/api/generate-content, the same on AI Studio and on Vertex AI. */
export const googleGenerateContent: ApiFlavor = {
  name: 'google-generate-content',
  provider: 'gcp.gen_ai',
  endpoints: [
    'POST :generateContent',
    'POST :streamGenerateContent',
    // Answers from given passages: https://ai.google.dev/api/semantic-retrieval/question-answering
    'POST :generateAnswer',
  ],
  readRequest(request) {
    const body = readRequestMembers(request)
    return {
      operation: 'generate_content',
      // Code Assist (`/v1internal:generateContent`) names the model in the body, which wraps the request.
      model: googleModelOf(request.path) ?? asName(body?.model),
      stream: request.path.endsWith('streamGenerateContent') ? true : undefined,
      ...(body && readGenerationConfig(asObject(body.request) ?? body)),
    }
  },
  readResponse(response, { choiceCount }) {
    const events = openEventStream(response)
    if (events !== undefined) return readGenerateContentStream(response, events, choiceCount)
    return readGenerateContentBody(response)
  },
  readContent: readGoogleContent,
}
