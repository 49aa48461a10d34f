import { asFetched, readFetch } from './readers/fetched.ts'
import { readThreadRunAnswer } from './readers/openai-thread-run.ts'
import type { ApiFlavor } from './types.ts'

/** Fetches what openai-thread-runs has started, as SDKs do to wait for the end of a run. */
export const openaiThreadRunsRetrieve: ApiFlavor = {
  name: 'openai-thread-runs-retrieve',
  provider: 'openai',
  endpoints: ['GET /threads/{thread}/runs/run_{run}'],
  readRequest: readFetch,
  readResponse: (response) => asFetched(readThreadRunAnswer(response)),
}
