import { asName } from '../wire/json.ts'
import { readDocument } from '../wire/json-document.ts'
import { readJsonAnswer } from './readers/json-answer.ts'
import { known } from './readers/known.ts'
import { readOpenAiUsage } from './readers/openai-usage.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor, GenAiRequest } from './types.ts'

/** https://docs.z.ai/guides/vlm/glm-ocr: the text of a document, billed by the token. */
export const zaiLayoutParsing: ApiFlavor = {
  name: 'zai-layout-parsing',
  provider: 'z_ai',
  endpoints: ['POST /paas/v4/layout_parsing'],
  readRequest: (request) =>
    known<GenAiRequest>({
      operation: 'generate_content',
      outputType: 'text',
      model: asName(readRequestMembers(request)?.model),
    }),
  readResponse: (response) =>
    readJsonAnswer(response, readDocument(response.body, ['usage', 'model', 'id']), (document) => ({
      id: asName(document.id),
      model: asName(document.model),
      usage: readOpenAiUsage(document.usage),
    })),
}
