import { readDocument } from '../wire/json-document.ts'
import { isFailure, readFailure } from './readers/errors.ts'
import { asFetched, readFetch } from './readers/fetched.ts'
import { readThreadRun } from './readers/openai-thread-run.ts'
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
  readResponse(response) {
    const document = readDocument(response.body, ['usage', 'model', 'status'])
    return isFailure(response, document)
      ? readFailure(response, document)
      : asFetched(readThreadRun(document))
  },
}
