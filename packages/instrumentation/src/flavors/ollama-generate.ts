import { readOllamaContent } from './content/ollama-content.ts'
import { readOllamaParameters, readOllamaResponse } from './readers/ollama.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor } from './types.ts'

/** https://docs.ollama.com/api/generate */
export const ollamaGenerate: ApiFlavor = {
  name: 'ollama-generate',
  provider: 'ollama',
  endpoints: ['POST /api/generate'],
  readRequest(request) {
    const body = readRequestMembers(request)
    if (body === undefined || !('model' in body) || !('prompt' in body)) return undefined
    return { operation: 'text_completion', ...readOllamaParameters(body) }
  },
  readResponse: readOllamaResponse,
  readContent: readOllamaContent,
}
