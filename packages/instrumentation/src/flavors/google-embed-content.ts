import { asCount, asName, objectsIn } from '../wire/json.ts'
import { readEdges } from '../wire/json-document.ts'
import { googleModelOf } from './readers/google-model.ts'
import { inCamelCase } from './readers/google-request.ts'
import { readGoogleUsage } from './readers/google-usage.ts'
import { readAnswerIn } from './readers/json-answer.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor } from './types.ts'

/** https://ai.google.dev/api/embeddings */
export const googleEmbedContent: ApiFlavor = {
  name: 'google-embed-content',
  provider: 'gcp.gen_ai',
  endpoints: ['POST :embedContent', 'POST :batchEmbedContents'],
  readRequest(request) {
    const body = readRequestMembers(request) ?? {}
    // A batch has one request for each text.
    const first = inCamelCase(objectsIn(body.requests)[0] ?? body)
    const config = inCamelCase(first.embedContentConfig)
    return {
      operation: 'embeddings',
      model: googleModelOf(request.path) ?? asName(first.model),
      embeddingDimensions: asCount(config.outputDimensionality ?? first.outputDimensionality),
    }
  },
  readResponse: (response) =>
    readAnswerIn(response, readEdges(response.body, ['usageMetadata']), (document) => ({
      usage: readGoogleUsage(document.usageMetadata),
    })),
}
