import { asName } from '../wire/json.ts'
import { readDocument } from '../wire/json-document.ts'
import { isFailure, readError, readFailure } from './readers/errors.ts'
import { known } from './readers/known.ts'
import { readOpenAiUsage } from './readers/openai-usage.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor, GenAiRequest, GenAiResponse } from './types.ts'

/** https://docs.z.ai/guides/vlm/glm-ocr: the text of a document, billed by the token. */
export const zaiLayoutParsing: ApiFlavor = {
  name: 'zai-layout-parsing',
  provider: 'z_ai',
  endpoints: ['POST /paas/v4/layout_parsing'],
  readRequest: (request) => ({
    operation: 'generate_content',
    outputType: 'text',
    ...known<Partial<GenAiRequest>>({ model: asName(readRequestMembers(request)?.model) }),
  }),
  readResponse(response) {
    const document = readDocument(response.body, ['usage', 'model', 'id'])
    if (isFailure(response, document)) return readFailure(response, document)
    return known<GenAiResponse>({
      id: asName(document.id),
      model: asName(document.model),
      usage: readOpenAiUsage(document.usage),
      error: readError(response, document),
    })
  },
}
