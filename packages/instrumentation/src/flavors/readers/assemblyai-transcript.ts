import { asName, asNumber } from '../../wire/json.ts'
import { readDocument } from '../../wire/json-document.ts'
import type { ObservedResponse } from '../../wire/types.ts'
import type { GenAiResponse, GenAiUsage } from '../types.ts'
import { isFailure, readError, readFailure } from './errors.ts'
import { anyKnown, known } from './known.ts'

const MEMBERS = ['id', 'status', 'audio_duration', 'speech_model', 'speech_model_used', 'error']

/** With the words' times it may be megabytes, and the duration is anywhere in it. */
export function readTranscript(response: ObservedResponse): GenAiResponse {
  const document = readDocument(response.body, MEMBERS)
  if (isFailure(response, document)) return readFailure(response, document)
  return known<GenAiResponse>({
    id: asName(document.id),
    model: asName(document.speech_model_used) ?? asName(document.speech_model),
    status: asName(document.status),
    usage: anyKnown<GenAiUsage>({ seconds: asNumber(document.audio_duration) }),
    error: readError(response, document),
  })
}
