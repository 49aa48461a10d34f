import { asName } from '../wire/json.ts'
import { readJsonAnswer } from './readers/json-answer.ts'
import { readOpenAiUsage } from './readers/openai-usage.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor } from './types.ts'

/**
 * https://platform.openai.com/docs/api-reference/moderations, also Mistral's, and its classifications. The conventions
 * have no operation for it, but allow custom values.
 */
export const openaiModerations: ApiFlavor = {
  name: 'openai-moderations',
  provider: 'openai',
  endpoints: [
    'POST /moderations',
    // Mistral's, for texts and for chats.
    'POST /v1/classifications',
    'POST /v1/chat/classifications',
  ],
  readRequest(request) {
    const body = readRequestMembers(request)
    if (body !== undefined && !('input' in body)) return undefined
    return { operation: 'moderation', model: asName(body?.model) }
  },
  readResponse: (response) =>
    readJsonAnswer(response, ['usage', 'model'], (document) => ({
      id: asName(document.id),
      model: asName(document.model),
      usage: readOpenAiUsage(document.usage),
    })),
}
