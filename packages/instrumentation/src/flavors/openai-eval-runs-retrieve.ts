import { asFetched, readFetch } from './readers/fetched.ts'
import { readEvalRun } from './readers/openai-eval-run.ts'
import type { ApiFlavor } from './types.ts'

/** Fetches what openai-eval-runs has started. */
export const openaiEvalRunsRetrieve: ApiFlavor = {
  name: 'openai-eval-runs-retrieve',
  provider: 'openai',
  endpoints: ['GET /evals/{eval}/runs/evalrun_{run}'],
  readRequest: readFetch,
  readResponse: (response) => asFetched(readEvalRun(response)),
}
