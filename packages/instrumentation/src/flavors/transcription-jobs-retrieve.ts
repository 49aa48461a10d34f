import { asFetched, readFetch } from './readers/fetched.ts'
import { readTranscriptionJob, TRANSCRIPTION_JOBS } from './readers/transcription-job.ts'
import type { ApiFlavor } from './types.ts'

/** Fetches what transcription-jobs has started; polled until it is done. */
export const transcriptionJobsRetrieve: ApiFlavor = {
  name: 'transcription-jobs-retrieve',
  provider: 'gladia',
  endpoints: TRANSCRIPTION_JOBS.map((jobs) => `GET ${jobs}/{job}`),
  readRequest: readFetch,
  readResponse: (response) => asFetched(readTranscriptionJob(response)),
}
