import { asName } from '../wire/json.ts'
import { readRequestMembers } from './readers/request-members.ts'
import { readTranscriptionJob } from './readers/transcription-job.ts'
import type { ApiFlavor } from './types.ts'

/** https://www.assemblyai.com/docs/api-reference/transcripts: made in the background, billed by the second. */
export const assemblyaiTranscripts: ApiFlavor = {
  name: 'assemblyai-transcripts',
  provider: 'assemblyai',
  endpoints: ['POST /v2/transcript'],
  readRequest(request) {
    const body = readRequestMembers(request)
    if (body !== undefined && !('audio_url' in body)) return undefined
    const wanted = body?.speech_models
    const [preferred] = Array.isArray(wanted) ? wanted : []
    return {
      operation: 'generate_content',
      outputType: 'text',
      background: true,
      model: asName(body?.speech_model) ?? asName(preferred),
    }
  },
  readResponse: readTranscriptionJob,
}
