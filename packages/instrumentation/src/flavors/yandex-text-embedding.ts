import { asCount, asName } from '../wire/json.ts'
import { readEdges } from '../wire/json-document.ts'
import { readJsonAnswer } from './readers/json-answer.ts'
import { anyKnown, known } from './readers/known.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor, GenAiRequest, GenAiUsage } from './types.ts'

/** https://yandex.cloud/en/docs/ai-studio/embeddings/api-ref/Embeddings/textEmbedding */
export const yandexTextEmbedding: ApiFlavor = {
  name: 'yandex-text-embedding',
  provider: 'yandex',
  endpoints: ['POST /foundationModels/v1/textEmbedding'],
  readRequest: (request) =>
    known<GenAiRequest>({
      operation: 'embeddings',
      model: asName(readRequestMembers(request)?.modelUri),
    }),
  readResponse: (response) =>
    readJsonAnswer(response, readEdges(response.body, ['numTokens']), (document) => ({
      usage: anyKnown<GenAiUsage>({ inputTokens: asCount(document.numTokens) }),
    })),
}
