import { asFetched, readFetch } from './readers/fetched.ts'
import { readTranscriptionJob } from './readers/transcription-job.ts'
import type { ApiFlavor } from './types.ts'

const PATH = '/v2/transcript/'
const WHOLE_PATH = /\/v2\/transcript\/[^/]+$/

/** https://www.assemblyai.com/docs/api-reference/transcripts/get: polled until the transcript is done. */
export const assemblyaiTranscriptsRetrieve: ApiFlavor = {
  name: 'assemblyai-transcripts-retrieve',
  provider: 'assemblyai',
  markers: [PATH],
  matches: ({ method, path }) => method === 'GET' && WHOLE_PATH.test(path),
  readRequest: (request) => readFetch(request, PATH),
  readResponse: (response) => asFetched(readTranscriptionJob(response)),
}
