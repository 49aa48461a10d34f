import { asCount, asName, asObject, sumOf } from '../wire/json.ts'
import { readEdges } from '../wire/json-document.ts'
import { readAnswerIn } from './readers/json-answer.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor } from './types.ts'

/** https://docs.oracle.com/en-us/iaas/api/#/en/generative-ai-inference/latest/EmbedTextResult/EmbedText */
export const oracleEmbedText: ApiFlavor = {
  name: 'oracle-embed-text',
  provider: 'oracle',
  endpoints: ['POST /actions/embedText'],
  readRequest(request) {
    const body = readRequestMembers(request)
    const serving = asObject(body?.servingMode)
    return {
      operation: 'embeddings',
      model: asName(serving?.modelId) ?? asName(serving?.endpointId),
      embeddingDimensions: asCount(body?.outputDimensions),
    }
  },
  readResponse: (response) =>
    readAnswerIn(
      response,
      readEdges(response.body, ['usage', 'inputTextTokenCounts', 'modelId', 'id']),
      (document) => {
        const counts = Array.isArray(document.inputTextTokenCounts) ? document.inputTextTokenCounts : []
        return {
          id: asName(document.id),
          model: asName(document.modelId),
          usage: {
            inputTokens: asCount(asObject(document.usage)?.promptTokens) ?? sumOf(...counts.map(asCount)),
          },
        }
      },
    ),
}
