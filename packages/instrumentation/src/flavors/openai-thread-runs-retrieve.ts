import { asFetched, readFetch } from './readers/fetched.ts'
import { readThreadRunAnswer } from './readers/openai-thread-run.ts'
import type { ApiFlavor } from './types.ts'

const THREADS = '/threads/'
const WHOLE_PATH = /\/threads\/[^/]+\/runs\/run_[^/]+$/

/** Fetches what openai-thread-runs has started, as SDKs do to wait for the end of a run. */
export const openaiThreadRunsRetrieve: ApiFlavor = {
  name: 'openai-thread-runs-retrieve',
  provider: 'openai',
  markers: [THREADS],
  matches: ({ method, path }) => method === 'GET' && WHOLE_PATH.test(path),
  readRequest: (request) => readFetch(request, '/runs/'),
  readResponse: (response) => asFetched(readThreadRunAnswer(response)),
}
