import { readOllamaContent } from './content/ollama-content.ts'
import { readOllamaParameters, readOllamaResponse } from './readers/ollama.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor } from './types.ts'

/** https://docs.ollama.com/api/chat */
export const ollamaChat: ApiFlavor = {
  name: 'ollama-chat',
  provider: 'ollama',
  endpoints: ['POST /api/chat'],
  readRequest(request) {
    const body = readRequestMembers(request)
    if (body === undefined || !('model' in body) || !('messages' in body)) return undefined
    return { operation: 'chat', ...readOllamaParameters(body) }
  },
  readResponse: readOllamaResponse,
  readContent: readOllamaContent,
}
