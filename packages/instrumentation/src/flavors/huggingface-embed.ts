import { asCount, asName } from '../wire/json.ts'
import { readEdges } from '../wire/json-document.ts'
import { readError, readFailure } from './readers/errors.ts'
import { readInputUsage } from './readers/openai-usage.ts'
import { decoded } from './readers/paths.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor } from './types.ts'

const MODELS = '/hf-inference/models/'
const PIPELINE = '/pipeline/feature-extraction'

/**
 * https://huggingface.co/docs/text-embeddings-inference: a list of vectors, with the tokens counted in a header. Also
 * as hosted by Hugging Face. Pinecone uses the same path and names, but answers with an object that has usage.
 */
export const huggingfaceEmbed: ApiFlavor = {
  name: 'huggingface-embed',
  provider: 'huggingface',
  endpoints: ['POST /embed', 'POST /pipeline/feature-extraction'],
  readRequest(request) {
    const body = readRequestMembers(request)
    if (body === undefined || !('inputs' in body)) return undefined
    const start = request.path.indexOf(MODELS)
    return {
      operation: 'embeddings',
      model:
        start === -1
          ? asName(body.model)
          : decoded(request.path.slice(start + MODELS.length, -PIPELINE.length)),
      embeddingDimensions: asCount(body.dimensions),
    }
  },
  readResponse(response) {
    const document = readEdges(response.body, ['usage', 'model'])
    if (response.status >= 400) return readFailure(response, document)
    const inputTokens = asCount(response.header('x-compute-tokens'))
    return {
      model: asName(document?.model),
      usage: readInputUsage(document?.usage) ?? { inputTokens },
      error: readError(response, document),
    }
  },
}
