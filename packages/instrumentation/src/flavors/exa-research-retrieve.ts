import { readExaResearch } from './readers/exa-research.ts'
import { asFetched, readFetch } from './readers/fetched.ts'
import type { ApiFlavor } from './types.ts'

/** Fetches what exa-research has started. */
export const exaResearchRetrieve: ApiFlavor = {
  name: 'exa-research-retrieve',
  provider: 'exa',
  endpoints: ['GET api.exa.ai/research/v1/{research}'],
  readRequest: readFetch,
  readResponse: (response) => asFetched(readExaResearch(response)),
}
