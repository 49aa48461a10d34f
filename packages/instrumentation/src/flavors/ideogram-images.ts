import { asCount, asName, asObject } from '../wire/json.ts'
import { isForm } from './readers/content-type.ts'
import { readFormFields } from './readers/form-fields.ts'
import { readJsonAnswer } from './readers/json-answer.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor } from './types.ts'

/** What can be done with a text, an image or both. */
const TASKS = ['generate', 'remix', 'edit', 'reframe', 'replace-background']

/** After the version or, as in the older API, alone. */
const WHOLE_PATH = /^(?:\/v1\/(ideogram-[^/]+))?\/[a-z-]+$/

/** https://developer.ideogram.ai/api-reference, billed by the image. */
export const ideogramImages: ApiFlavor = {
  name: 'ideogram-images',
  provider: 'ideogram',
  endpoints: TASKS.flatMap((task) => [
    `POST api.ideogram.ai/${task}`,
    `POST api.ideogram.ai/v1/ideogram-{version}/${task}`,
  ]),
  readRequest(request) {
    const fields = isForm(request)
      ? readFormFields(request, ['num_images', 'model'])
      : readRequestMembers(request)
    const parameters = asObject(fields?.image_request) ?? fields ?? {}
    return {
      operation: 'generate_content',
      outputType: 'image',
      model: WHOLE_PATH.exec(request.path)?.[1] ?? asName(parameters.model),
      choiceCount: asCount(Number(parameters.num_images ?? 1)),
    }
  },
  readResponse: (response, { choiceCount = 1 }) =>
    readJsonAnswer(response, [], (document) => ({
      usage: { images: Array.isArray(document.data) ? document.data.length : choiceCount },
    })),
}
