import { readExaResearch } from './readers/exa-research.ts'
import { asFetched, readFetch } from './readers/fetched.ts'
import { endsOneAfter } from './readers/paths.ts'
import type { ApiFlavor } from './types.ts'

const RESEARCH = '/research/v1/'

/** Fetches what exa-research has started. */
export const exaResearchRetrieve: ApiFlavor = {
  name: 'exa-research-retrieve',
  provider: 'exa',
  markers: [RESEARCH],
  matches: ({ method, host, path }) =>
    method === 'GET' && host === 'api.exa.ai' && endsOneAfter(path, RESEARCH),
  readRequest: (request) => readFetch(request, RESEARCH),
  readResponse: (response) => asFetched(readExaResearch(response)),
}
