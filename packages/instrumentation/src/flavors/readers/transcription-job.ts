import { asName, asNumber, asObject, type JsonObject } from '../../wire/json.ts'
import type { ObservedResponse } from '../../wire/types.ts'
import type { ResponseDraft } from '../types.ts'
import { readJsonAnswer } from './json-answer.ts'

/** Where jobs are created; with the id after it, they are fetched. */
export const TRANSCRIPTION_JOBS: readonly string[] = [
  'api.gladia.io/v2/pre-recorded',
  'api.rev.ai/speechtotext/v1/jobs',
  'api.soniox.com/v1/transcriptions',
  // A host for each region: https://docs.speechmatics.com/api-ref
  '*.asr.api.speechmatics.com/v2/jobs',
]

const MEMBERS = [
  'id',
  'status',
  'error',
  'model',
  'transcriber',
  'speech_model',
  'speech_model_used',
  'audio_duration',
  'audio_duration_ms',
  'duration_seconds',
]

/**
 * The state of a job, also of AssemblyAI's. The length of the recording may be known only when it is done. A result
 * with the times of all words may be megabytes long, with the duration anywhere in it.
 */
export function readTranscriptionJob(response: ObservedResponse): ResponseDraft {
  return readJsonAnswer(response, MEMBERS, (whole) => {
    const document = asObject(whole.job) ?? whole
    return {
      id: asName(document.id),
      model:
        asName(document.speech_model_used) ??
        asName(document.speech_model) ??
        asName(document.model) ??
        asName(document.transcriber),
      status: asName(document.status),
      usage: { seconds: secondsOf(document) },
    }
  })
}

/** Soniox's, AssemblyAI's, Rev AI's, Gladia's and Speechmatics'. */
function secondsOf(document: JsonObject): number | undefined {
  const milliseconds = asNumber(document.audio_duration_ms)
  if (milliseconds !== undefined) return milliseconds / 1000
  const metadata = asObject(asObject(document.result)?.metadata) ?? asObject(document.file)
  return (
    asNumber(document.audio_duration) ??
    asNumber(document.duration_seconds) ??
    asNumber(document.duration) ??
    asNumber(metadata?.audio_duration)
  )
}
