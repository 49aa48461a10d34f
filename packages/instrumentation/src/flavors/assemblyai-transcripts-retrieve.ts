import { assemblyaiTranscripts } from './assemblyai-transcripts.ts'
import { fetching } from './readers/fetched.ts'
import type { ApiFlavor } from './types.ts'

/** https://www.assemblyai.com/docs/api-reference/transcripts/get: polled until the transcript is done. */
export const assemblyaiTranscriptsRetrieve: ApiFlavor = {
  name: 'assemblyai-transcripts-retrieve',
  endpoints: ['GET /v2/transcript/{transcript}'],
  ...fetching(assemblyaiTranscripts),
}
