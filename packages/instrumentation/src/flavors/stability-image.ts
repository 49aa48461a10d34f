import { asCount, asName } from '../wire/json.ts'
import { readDocument } from '../wire/json-document.ts'
import { isJson } from './readers/content-type.ts'
import { readFailure } from './readers/errors.ts'
import { readFormFields } from './readers/form-fields.ts'
import { lastSegment, segmentAfter } from './readers/paths.ts'
import { readMembersOrFields } from './readers/request-members.ts'
import type { ApiFlavor } from './types.ts'

/** The path of the first version, followed by the model. */
const GENERATION = '/v1/generation/'

/** Services that are billed under a name of their own. */
const MODELS: Readonly<Record<string, string>> = { ultra: 'stable-image-ultra', core: 'stable-image-core' }

/**
 * https://platform.stability.ai/docs/api-reference: the path names the service; for Stable Diffusion, a form field
 * names the model. The answer is one image.
 */
export const stabilityImage: ApiFlavor = {
  name: 'stability-image',
  provider: 'stability_ai',
  endpoints: [
    'POST api.stability.ai/{version...}/stable-image/{service...}',
    'POST api.stability.ai/v1/generation/{model...}',
  ],
  readRequest(request) {
    const engine = segmentAfter(request.path, GENERATION)
    if (engine !== undefined)
      return {
        operation: 'generate_content',
        outputType: 'image',
        model: engine,
        choiceCount: asCount(readMembersOrFields(request, ['samples']).samples),
      }
    const service = lastSegment(request.path)
    const model = service === 'sd3' ? asName(readFormFields(request, ['model']).model) : MODELS[service]
    return {
      operation: 'generate_content',
      outputType: 'image',
      model: model ?? asName(service),
    }
  },
  readResponse(response, { choiceCount = 1 }) {
    const document = isJson(response) ? readDocument(response.body, []) : undefined
    if (response.status >= 400) return readFailure(response, document)
    return { usage: { images: Array.isArray(document?.artifacts) ? document.artifacts.length : choiceCount } }
  },
}
