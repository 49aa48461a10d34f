import { asName, type JsonObject, parseObject } from '../wire/json.ts'
import { readMembersOrFields } from './readers/request-members.ts'
import { readTranscriptionJob, TRANSCRIPTION_JOBS } from './readers/transcription-job.ts'
import type { ApiFlavor } from './types.ts'

/**
 * Transcripts that are made in the background, billed by the second: https://docs.gladia.io/api-reference/v2/pre-recorded/init,
 * https://docs.rev.ai/api/asynchronous/reference, https://soniox.com/docs/stt/api-reference, https://docs.speechmatics.com/api-ref
 */
export const transcriptionJobs: ApiFlavor = {
  name: 'transcription-jobs',
  provider: 'gladia',
  endpoints: TRANSCRIPTION_JOBS.map((jobs) => `POST ${jobs}`),
  readRequest(request) {
    const body = optionsOf(readMembersOrFields(request, ['options']))
    return {
      operation: 'generate_content',
      outputType: 'text',
      background: true,
      model: asName(body.model) ?? asName(body.transcriber),
    }
  },
  readResponse: readTranscriptionJob,
}

/** If the recording is sent along, Rev AI's options are JSON in one form field. */
function optionsOf(body: JsonObject): JsonObject {
  return (typeof body.options === 'string' ? parseObject(body.options) : undefined) ?? body
}
