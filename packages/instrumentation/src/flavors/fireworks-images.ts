import { asCount, asName } from '../wire/json.ts'
import { readDocument } from '../wire/json-document.ts'
import { isJson } from './readers/content-type.ts'
import { readAnswerIn } from './readers/json-answer.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor } from './types.ts'

const PATH = /\/(?:workflows|image_generation)\/(accounts\/[^/]+\/models\/[^/]+)(?:\/text_to_image)?$/

/**
 * https://docs.fireworks.ai/api-reference/generate-a-new-image-from-a-text-prompt: the path names the model. The answer
 * is an image, or a ticket to fetch it later.
 */
export const fireworksImages: ApiFlavor = {
  name: 'fireworks-images',
  provider: 'fireworks_ai',
  endpoints: ['workflows', 'image_generation'].flatMap((api) => [
    `POST *.fireworks.ai/{version...}/${api}/accounts/{account}/models/{model}`,
    `POST *.fireworks.ai/{version...}/${api}/accounts/{account}/models/{model}/text_to_image`,
  ]),
  readRequest(request) {
    return {
      operation: 'generate_content',
      outputType: 'image',
      model: PATH.exec(request.path)?.[1],
      choiceCount: asCount(readRequestMembers(request)?.samples),
    }
  },
  readResponse: (response, { choiceCount = 1 }) =>
    readAnswerIn(
      response,
      isJson(response) ? readDocument(response.body, ['request_id']) : {},
      (document) => ({
        id: asName(document.request_id),
        usage: { images: choiceCount },
      }),
    ),
}
