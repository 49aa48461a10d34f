import { openaiThreadRuns } from './openai-thread-runs.ts'
import { fetching } from './readers/fetched.ts'
import type { ApiFlavor } from './types.ts'

/** Fetches what openai-thread-runs has started, as SDKs do to wait for the end of a run. */
export const openaiThreadRunsRetrieve: ApiFlavor = {
  name: 'openai-thread-runs-retrieve',
  endpoints: ['GET /threads/{thread}/runs/run_{run}'],
  ...fetching(openaiThreadRuns),
}
