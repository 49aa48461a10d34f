import { asFetched, readFetch } from './readers/fetched.ts'
import { readThreadRunAnswer } from './readers/openai-thread-run.ts'
import type { ApiFlavor } from './types.ts'

const THREADS = '/threads/'
const WHOLE_PATH = /\/threads\/[^/]+\/runs\/run_[^/]+$/

/** Fetching what openai-thread-runs has asked for, as an SDK does that waits for a run to end. */
export const openaiThreadRunsRetrieve: ApiFlavor = {
  name: 'openai-thread-runs-retrieve',
  provider: 'openai',
  markers: [THREADS],
  matches: ({ method, path }) => method === 'GET' && WHOLE_PATH.test(path),
  readRequest: (request) => readFetch(request, '/runs/'),
  readResponse: (response) => asFetched(readThreadRunAnswer(response)),
}
