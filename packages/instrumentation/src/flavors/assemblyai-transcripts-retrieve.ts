import { asFetched, readFetch } from './readers/fetched.ts'
import { readTranscriptionJob } from './readers/transcription-job.ts'
import type { ApiFlavor } from './types.ts'

/** https://www.assemblyai.com/docs/api-reference/transcripts/get: polled until the transcript is done. */
export const assemblyaiTranscriptsRetrieve: ApiFlavor = {
  name: 'assemblyai-transcripts-retrieve',
  provider: 'assemblyai',
  endpoints: ['GET /v2/transcript/{transcript}'],
  readRequest: readFetch,
  readResponse: (response) => asFetched(readTranscriptionJob(response)),
}
