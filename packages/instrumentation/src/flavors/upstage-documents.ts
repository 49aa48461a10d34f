import { asCount, asName, asObject } from '../wire/json.ts'
import { readFormFields } from './readers/form-fields.ts'
import { readJsonAnswer } from './readers/json-answer.ts'
import type { ApiFlavor } from './types.ts'

/** https://console.upstage.ai/api/document-digitization/document-parsing: the text of a document, billed by the page. */
export const upstageDocuments: ApiFlavor = {
  name: 'upstage-documents',
  provider: 'upstage',
  endpoints: ['POST api.upstage.ai/v1/document-digitization'],
  readRequest: (request) => ({
    operation: 'generate_content',
    outputType: 'text',
    model: asName(readFormFields(request, ['model']).model),
  }),
  readResponse: (response) =>
    readJsonAnswer(response, ['usage', 'model', 'modelVersion', 'numBilledPages'], (document) => ({
      model: asName(document.model) ?? asName(document.modelVersion),
      usage: {
        pages: asCount(asObject(document.usage)?.pages) ?? asCount(document.numBilledPages),
      },
    })),
}
