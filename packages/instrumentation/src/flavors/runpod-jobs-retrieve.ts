import { fetching } from './readers/fetched.ts'
import { runpodJobs } from './runpod-jobs.ts'
import type { ApiFlavor } from './types.ts'

/** Fetches what runpod-jobs has started; polled until it is done. */
export const runpodJobsRetrieve: ApiFlavor = {
  name: 'runpod-jobs-retrieve',
  endpoints: ['GET api.runpod.ai/v2/{endpoint}/status/{job}'],
  ...fetching(runpodJobs),
}
