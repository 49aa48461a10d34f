import { asName } from '../wire/json.ts'
import { readJsonAnswer } from './readers/json-answer.ts'
import { readDeclaredCost } from './readers/openai-usage.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor } from './types.ts'

/**
 * https://docs.exa.ai/reference/research: a model searches and reads for minutes. The cost is known when the result is
 * fetched.
 */
export const exaResearch: ApiFlavor = {
  name: 'exa-research',
  provider: 'exa',
  endpoints: ['POST api.exa.ai/research/v1'],
  readRequest: (request) => ({
    operation: 'chat',
    background: true,
    model: asName(readRequestMembers(request)?.model),
  }),
  readResponse: (response) =>
    readJsonAnswer(response, ['researchId', 'model', 'status', 'costDollars'], (document) => ({
      id: asName(document.researchId),
      model: asName(document.model),
      status: asName(document.status),
      declaredCost: readDeclaredCost(response, undefined, document),
    })),
}
