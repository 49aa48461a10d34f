import { openEventStream } from '../wire/event-stream.ts'
import { readDocument } from '../wire/json-document.ts'
import { readOllamaContent } from './content/ollama-content.ts'
import { readOllamaParameters, readOllamaResponse, readOllamaStream } from './readers/ollama.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor } from './types.ts'

/** https://docs.ollama.com/api/chat */
export const ollamaChat: ApiFlavor = {
  name: 'ollama-chat',
  provider: 'ollama',
  endings: ['chat'],
  matches: ({ method, path }) => method === 'POST' && path.endsWith('/api/chat'),
  readRequest(request) {
    const body = readRequestMembers(request)
    if (body === undefined || !('model' in body) || !('messages' in body)) return undefined
    return { operation: 'chat', ...readOllamaParameters(body) }
  },
  readResponse(response) {
    const events = openEventStream(response)
    if (events !== undefined) return readOllamaStream(response, events)
    return readOllamaResponse(
      response,
      readDocument(response.body, [
        'prompt_eval_count',
        'prompt_eval_cached_count',
        'eval_count',
        'done_reason',
      ]),
    )
  },
  readContent: readOllamaContent,
}
