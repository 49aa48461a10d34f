import { asFetched, readFetch } from './readers/fetched.ts'
import { readRunpodJob } from './readers/runpod-job.ts'
import type { ApiFlavor } from './types.ts'

/** Fetches what runpod-jobs has started; polled until it is done. */
export const runpodJobsRetrieve: ApiFlavor = {
  name: 'runpod-jobs-retrieve',
  provider: 'runpod',
  endpoints: ['GET api.runpod.ai/v2/{endpoint}/status/{job}'],
  readRequest: readFetch,
  readResponse: (response) => asFetched(readRunpodJob(response)),
}
