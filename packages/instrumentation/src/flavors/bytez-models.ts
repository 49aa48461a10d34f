import { asBoolean, asCount, asName, asObject } from '../wire/json.ts'
import { readDocument } from '../wire/json-document.ts'
import { isFailure, readError, readFailure } from './readers/errors.ts'
import { known } from './readers/known.ts'
import { readSamplingParameters } from './readers/openai-request.ts'
import { decoded } from './readers/paths.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor, GenAiRequest } from './types.ts'

const MODELS = '/models/v2/'

/** https://docs.bytez.com/http-reference: the path is the model, of any kind. Its usage isn't stated. */
export const bytezModels: ApiFlavor = {
  name: 'bytez-models',
  provider: 'bytez',
  endpoints: ['POST api.bytez.com/models/v2/{model...}'],
  accepts: ({ path }) => !path.includes('/openai/v1/'),
  readRequest(request) {
    const body = readRequestMembers(request, ['params', 'stream']) ?? {}
    const parameters = asObject(body.params) ?? {}
    return {
      operation: 'messages' in body ? 'chat' : 'generate_content',
      ...readSamplingParameters(parameters),
      ...known<Partial<GenAiRequest>>({
        model: decoded(request.path.slice(MODELS.length)),
        stream: asBoolean(body.stream),
        maxTokens: asCount(parameters.max_new_tokens),
      }),
    }
  },
  readResponse(response, { stream }) {
    // A stream is nothing but the text.
    if (stream === true && response.status < 400) return {}
    const document = readDocument(response.body, ['error'])
    if (isFailure(response, document)) return readFailure(response, document)
    const message = asName(document.error)
    return {
      error: readError(response, message === undefined ? document : { error: { message } }),
    }
  },
}
