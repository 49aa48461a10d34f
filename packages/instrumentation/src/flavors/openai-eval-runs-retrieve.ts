import { openaiEvalRuns } from './openai-eval-runs.ts'
import { fetching } from './readers/fetched.ts'
import type { ApiFlavor } from './types.ts'

/** Fetches what openai-eval-runs has started. */
export const openaiEvalRunsRetrieve: ApiFlavor = {
  name: 'openai-eval-runs-retrieve',
  endpoints: ['GET /evals/{eval}/runs/evalrun_{run}'],
  ...fetching(openaiEvalRuns),
}
