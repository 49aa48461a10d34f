import { asCount, asName } from '../wire/json.ts'
import { readEdges } from '../wire/json-document.ts'
import { readFailure } from './readers/errors.ts'
import { known } from './readers/known.ts'
import { decoded } from './readers/paths.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor, GenAiRequest, GenAiResponse } from './types.ts'

const MODELS = '/hf-inference/models/'
const PIPELINE = '/pipeline/feature-extraction'

/**
 * https://huggingface.co/docs/text-embeddings-inference: a list of vectors, its tokens counted in a header; and Hugging
 * Face's own hosting of it.
 */
export const huggingfaceEmbed: ApiFlavor = {
  name: 'huggingface-embed',
  provider: 'huggingface',
  matches: ({ method, path }) =>
    method === 'POST' && (path.endsWith(PIPELINE) || (path.endsWith('/embed') && !isOthers(path))),
  readRequest(request) {
    const body = readRequestMembers(request)
    if (body === undefined || !('inputs' in body)) return undefined
    const start = request.path.indexOf(MODELS)
    return {
      operation: 'embeddings',
      ...known<Partial<GenAiRequest>>({
        model:
          start === -1
            ? asName(body.model)
            : decoded(request.path.slice(start + MODELS.length, -PIPELINE.length)),
        embeddingDimensions: asCount(body.dimensions),
      }),
    }
  },
  readResponse(response) {
    if (response.status >= 400) return readFailure(response, readEdges(response.body, []))
    const inputTokens = asCount(response.header('x-compute-tokens'))
    return known<GenAiResponse>({ usage: inputTokens === undefined ? undefined : { inputTokens } })
  },
}

/** Cohere's and Ollama's. */
function isOthers(path: string): boolean {
  return path.endsWith('/v1/embed') || path.endsWith('/v2/embed') || path.endsWith('/api/embed')
}
