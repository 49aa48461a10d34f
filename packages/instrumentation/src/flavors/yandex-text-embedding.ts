import { asCount, asName } from '../wire/json.ts'
import { readEdges } from '../wire/json-document.ts'
import { readAnswerIn } from './readers/json-answer.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor } from './types.ts'

/** https://yandex.cloud/en/docs/ai-studio/embeddings/api-ref/Embeddings/textEmbedding */
export const yandexTextEmbedding: ApiFlavor = {
  name: 'yandex-text-embedding',
  provider: 'yandex',
  endpoints: ['POST /foundationModels/v1/textEmbedding'],
  readRequest: (request) => ({
    operation: 'embeddings',
    model: asName(readRequestMembers(request)?.modelUri),
  }),
  readResponse: (response) =>
    readAnswerIn(response, readEdges(response.body, ['numTokens']), (document) => ({
      usage: { inputTokens: asCount(document.numTokens) },
    })),
}
