import { asCount, asName, objectsIn } from '../wire/json.ts'
import { readEdges } from '../wire/json-document.ts'
import { isFailure, readError, readFailure } from './readers/errors.ts'
import { googleModelOf } from './readers/google-model.ts'
import { inCamelCase } from './readers/google-request.ts'
import { readGoogleUsage } from './readers/google-usage.ts'
import { known } from './readers/known.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor, GenAiRequest, GenAiResponse } from './types.ts'

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
      ...known<Partial<GenAiRequest>>({
        model: googleModelOf(request.path) ?? asName(first.model),
        embeddingDimensions: asCount(config.outputDimensionality ?? first.outputDimensionality),
      }),
    }
  },
  readResponse(response) {
    const document = readEdges(response.body, ['usageMetadata'])
    if (isFailure(response, document)) return readFailure(response, document)
    return known<GenAiResponse>({
      usage: readGoogleUsage(document.usageMetadata),
      error: readError(response, document),
    })
  },
}
