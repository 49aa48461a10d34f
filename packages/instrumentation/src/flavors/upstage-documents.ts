import { asCount, asName, asObject } from '../wire/json.ts'
import { readDocument } from '../wire/json-document.ts'
import { readFormFields } from './readers/form-fields.ts'
import { readJsonAnswer } from './readers/json-answer.ts'
import { anyKnown, known } from './readers/known.ts'
import type { ApiFlavor, GenAiRequest, GenAiUsage } from './types.ts'

/** https://console.upstage.ai/api/document-digitization/document-parsing: the text of a document, billed by the page. */
export const upstageDocuments: ApiFlavor = {
  name: 'upstage-documents',
  provider: 'upstage',
  endpoints: ['POST api.upstage.ai/v1/document-digitization'],
  readRequest: (request) =>
    known<GenAiRequest>({
      operation: 'generate_content',
      outputType: 'text',
      model: asName(readFormFields(request, ['model']).model),
    }),
  readResponse: (response) =>
    readJsonAnswer(
      response,
      readDocument(response.body, ['usage', 'model', 'modelVersion', 'numBilledPages']),
      (document) => ({
        model: asName(document.model) ?? asName(document.modelVersion),
        usage: anyKnown<GenAiUsage>({
          pages: asCount(asObject(document.usage)?.pages) ?? asCount(document.numBilledPages),
        }),
      }),
    ),
}
