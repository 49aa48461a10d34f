import { asCount, asName } from '../wire/json.ts'
import { readDocument } from '../wire/json-document.ts'
import { isJson } from './readers/content-type.ts'
import { readAnswerIn } from './readers/json-answer.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor } from './types.ts'

/** https://docs.venice.ai/api-reference/endpoint/image/generate: up to four variants, or the bytes of one image. */
export const veniceImages: ApiFlavor = {
  name: 'venice-images',
  provider: 'venice',
  endpoints: ['POST *.venice.ai/api/v1/image/generate'],
  readRequest(request) {
    const body = readRequestMembers(request, ['variants'])
    return {
      operation: 'generate_content',
      outputType: 'image',
      model: asName(body?.model),
      choiceCount: asCount(body?.variants),
    }
  },
  readResponse: (response, { choiceCount = 1 }) =>
    readAnswerIn(response, isJson(response) ? readDocument(response.body, ['id']) : {}, (document) => ({
      id: asName(document.id),
      usage: { images: choiceCount },
    })),
}
