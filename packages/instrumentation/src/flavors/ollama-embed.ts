import { asCount, asName } from '../wire/json.ts'
import { readEdges } from '../wire/json-document.ts'
import { readJsonAnswer } from './readers/json-answer.ts'
import { known } from './readers/known.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor, GenAiRequest } from './types.ts'

/** https://docs.ollama.com/api/embed, and `/api/embeddings` before it. */
export const ollamaEmbed: ApiFlavor = {
  name: 'ollama-embed',
  provider: 'ollama',
  endpoints: ['POST /api/embed', 'POST /api/embeddings'],
  readRequest(request) {
    const body = readRequestMembers(request)
    if (body === undefined || !('model' in body) || (!('input' in body) && !('prompt' in body)))
      return undefined
    return known<GenAiRequest>({
      operation: 'embeddings',
      model: asName(body.model),
      embeddingDimensions: asCount(body.dimensions),
    })
  },
  readResponse: (response) =>
    readJsonAnswer(response, readEdges(response.body, ['prompt_eval_count', 'model']), (document) => {
      const inputTokens = asCount(document.prompt_eval_count)
      return {
        model: asName(document.model),
        usage: inputTokens === undefined ? undefined : { inputTokens },
      }
    }),
}
