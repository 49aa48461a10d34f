import { asFetched, readFetch } from './readers/fetched.ts'
import { readRunpodJob } from './readers/runpod-job.ts'
import type { ApiFlavor } from './types.ts'

const STATUS = '/status/'

/** Fetches what runpod-jobs has started; polled until it is done. */
export const runpodJobsRetrieve: ApiFlavor = {
  name: 'runpod-jobs-retrieve',
  provider: 'runpod',
  markers: [STATUS],
  matches: ({ method, host, path }) =>
    method === 'GET' && host === 'api.runpod.ai' && /^\/v2\/[^/]+\/status\/[^/]+$/.test(path),
  readRequest: (request) => readFetch(request, STATUS),
  readResponse: (response) => asFetched(readRunpodJob(response)),
}
