import { asCount, asName } from '../wire/json.ts'
import { readEdges } from '../wire/json-document.ts'
import { readAnswerIn } from './readers/json-answer.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor } from './types.ts'

/** https://docs.ollama.com/api/embed, and `/api/embeddings` before it. */
export const ollamaEmbed: ApiFlavor = {
  name: 'ollama-embed',
  provider: 'ollama',
  endpoints: ['POST /api/embed', 'POST /api/embeddings'],
  readRequest(request) {
    const body = readRequestMembers(request)
    if (body === undefined || !('model' in body) || (!('input' in body) && !('prompt' in body)))
      return undefined
    return {
      operation: 'embeddings',
      model: asName(body.model),
      embeddingDimensions: asCount(body.dimensions),
    }
  },
  readResponse: (response) =>
    readAnswerIn(response, readEdges(response.body, ['prompt_eval_count', 'model']), (document) => ({
      model: asName(document.model),
      usage: { inputTokens: asCount(document.prompt_eval_count) },
    })),
}
