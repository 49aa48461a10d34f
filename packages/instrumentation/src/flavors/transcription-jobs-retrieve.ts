import { fetching } from './readers/fetched.ts'
import { TRANSCRIPTION_JOBS } from './readers/transcription-job.ts'
import { transcriptionJobs } from './transcription-jobs.ts'
import type { ApiFlavor } from './types.ts'

/** Fetches what transcription-jobs has started; polled until it is done. */
export const transcriptionJobsRetrieve: ApiFlavor = {
  name: 'transcription-jobs-retrieve',
  endpoints: TRANSCRIPTION_JOBS.map((jobs) => `GET ${jobs}/{job}`),
  ...fetching(transcriptionJobs),
}
