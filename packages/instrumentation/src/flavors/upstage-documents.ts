import { asCount, asName, asObject } from '../wire/json.ts'
import { readDocument } from '../wire/json-document.ts'
import { isFailure, readError, readFailure } from './readers/errors.ts'
import { readFormFields } from './readers/form-fields.ts'
import { anyKnown, known } from './readers/known.ts'
import type { ApiFlavor, GenAiRequest, GenAiResponse, GenAiUsage } from './types.ts'

/** https://console.upstage.ai/api/document-digitization/document-parsing: the text of a document, billed by the page. */
export const upstageDocuments: ApiFlavor = {
  name: 'upstage-documents',
  provider: 'upstage',
  endpoints: ['POST api.upstage.ai/v1/document-digitization'],
  readRequest: (request) => ({
    operation: 'generate_content',
    outputType: 'text',
    ...known<Partial<GenAiRequest>>({ model: asName(readFormFields(request, ['model']).model) }),
  }),
  readResponse(response) {
    const document = readDocument(response.body, ['usage', 'model', 'modelVersion', 'numBilledPages'])
    if (isFailure(response, document)) return readFailure(response, document)
    return known<GenAiResponse>({
      model: asName(document.model) ?? asName(document.modelVersion),
      usage: anyKnown<GenAiUsage>({
        pages: asCount(asObject(document.usage)?.pages) ?? asCount(document.numBilledPages),
      }),
      error: readError(response, document),
    })
  },
}
