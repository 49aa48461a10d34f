import { asName } from '../wire/json.ts'
import { readJsonAnswer } from './readers/json-answer.ts'
import { readOpenAiUsage } from './readers/openai-usage.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor } from './types.ts'

/** https://docs.z.ai/guides/vlm/glm-ocr: the text of a document, billed by the token. */
export const zaiLayoutParsing: ApiFlavor = {
  name: 'zai-layout-parsing',
  provider: 'z_ai',
  endpoints: ['POST /paas/v4/layout_parsing'],
  readRequest: (request) => ({
    operation: 'generate_content',
    outputType: 'text',
    model: asName(readRequestMembers(request)?.model),
  }),
  readResponse: (response) =>
    readJsonAnswer(response, ['usage', 'model', 'id'], (document) => ({
      id: asName(document.id),
      model: asName(document.model),
      usage: readOpenAiUsage(document.usage),
    })),
}
