import { asLabel, asName } from '../wire/json.ts'
import { readInteractionUsage } from './readers/google-interaction.ts'
import { readJsonAnswer } from './readers/json-answer.ts'
import { readDeclaredCost, readOpenAiUsage } from './readers/openai-usage.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor } from './types.ts'

/**
 * Typed questions that are answered with probabilities: https://platform.openai.com/docs/api-reference/decisions,
 * formerly the System One API (`/v1/systemone`). The conventions have no operation for it, but allow custom values.
 */
export const decisions: ApiFlavor = {
  name: 'decisions',
  provider: 'openai',
  endpoints: [
    'POST /v1/decisions',
    'POST /v1/systemone',
    // Google's and OpenRouter's.
    'POST /v1beta/decisions',
    'POST /api/alpha/decisions',
  ],
  readRequest(request) {
    const body = readRequestMembers(request, ['questions'])
    if (body === undefined || !('questions' in body) || !('input' in body || 'state' in body))
      return undefined
    return { operation: 'decision', model: asLabel(body.model) }
  },
  readResponse: (response) =>
    readJsonAnswer(response, ['usage', 'model', 'id'], (document) => ({
      id: asName(document.id),
      model: asName(document.model),
      // Google's usage is like that of its interactions.
      usage: readInteractionUsage(document.usage) ?? readOpenAiUsage(document.usage),
      declaredCost: readDeclaredCost(response, document.usage),
    })),
}
