import { asName } from '../wire/json.ts'
import { readExaResearch } from './readers/exa-research.ts'
import { known } from './readers/known.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor, GenAiRequest } from './types.ts'

/**
 * https://docs.exa.ai/reference/research: a model searches and reads for minutes. The cost is known when the result is
 * fetched.
 */
export const exaResearch: ApiFlavor = {
  name: 'exa-research',
  provider: 'exa',
  endpoints: ['POST api.exa.ai/research/v1'],
  readRequest: (request) =>
    known<GenAiRequest>({
      operation: 'chat',
      background: true,
      model: asName(readRequestMembers(request)?.model),
    }),
  readResponse: readExaResearch,
}
