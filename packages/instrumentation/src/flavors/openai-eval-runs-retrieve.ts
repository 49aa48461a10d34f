import { asFetched, readFetch } from './readers/fetched.ts'
import { readEvalRun } from './readers/openai-eval-run.ts'
import type { ApiFlavor } from './types.ts'

const EVALS = '/evals/'
const WHOLE_PATH = /\/evals\/[^/]+\/runs\/evalrun_[^/]+$/

/** Fetches what openai-eval-runs has started. */
export const openaiEvalRunsRetrieve: ApiFlavor = {
  name: 'openai-eval-runs-retrieve',
  provider: 'openai',
  markers: [EVALS],
  matches: ({ method, path }) => method === 'GET' && WHOLE_PATH.test(path),
  readRequest: (request) => readFetch(request, '/runs/'),
  readResponse: (response) => asFetched(readEvalRun(response)),
}
