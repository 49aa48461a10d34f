import { asCount, asLabel, asName, asNames, asObject } from '../wire/json.ts'
import { readEdges } from '../wire/json-document.ts'
import { readCohereUsage } from './readers/cohere-usage.ts'
import { readAnswerIn } from './readers/json-answer.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor } from './types.ts'

/** https://docs.cohere.com/reference/embed, v1 and v2. */
export const cohereEmbed: ApiFlavor = {
  name: 'cohere-embed',
  provider: 'cohere',
  endpoints: ['POST /v2/embed', 'POST /v1/embed'],
  readRequest(request) {
    const body = readRequestMembers(request)
    if (body !== undefined && !['texts', 'images', 'inputs'].some((name) => name in body)) return undefined
    return {
      operation: 'embeddings',
      model: asLabel(body?.model),
      encodingFormats: asNames(body?.embedding_types),
      embeddingDimensions: asCount(body?.output_dimension),
    }
  },
  readResponse: (response) =>
    readAnswerIn(response, readEdges(response.body, ['meta', 'id']), (document) => ({
      id: asName(document.id),
      usage: readCohereUsage(asObject(document.meta)),
    })),
}
