import { type EventStream, openEventStream } from '../wire/event-stream.ts'
import { asName, asObject, type JsonObject } from '../wire/json.ts'
import { readDocument } from '../wire/json-document.ts'
import { atMost } from '../wire/stream-event.ts'
import { readError, readFailure } from './readers/errors.ts'
import { asFieldFlag } from './readers/form-fields.ts'
import { readDeclaredCost } from './readers/openai-usage.ts'
import { deploymentOf } from './readers/paths.ts'
import { readMembersOrFields } from './readers/request-members.ts'
import { readTranscriptionUsage } from './readers/transcription-usage.ts'
import type { ApiFlavor } from './types.ts'

/** After the last event comes nothing but `[DONE]`. */
const LAST_EVENTS = 2

/** https://platform.openai.com/docs/api-reference/audio/createTranscription: billed by the token or by the second. */
export const openaiTranscriptions: ApiFlavor = {
  name: 'openai-transcriptions',
  provider: 'openai',
  endpoints: ['POST /audio/transcriptions', 'POST /audio/translations'],
  readRequest(request) {
    const body = readMembersOrFields(request, ['model', 'stream'])
    return {
      operation: 'generate_content',
      outputType: 'text',
      model: asName(body.model) ?? deploymentOf(request.path),
      stream: asFieldFlag(body.stream),
    }
  },
  readResponse(response) {
    const events = openEventStream(response)
    const document = events ? readLastEvent(events) : readDocument(response.body, ['usage', 'duration'])
    if (response.status >= 400) return readFailure(response, document)
    return {
      id: asName(document?.id),
      model: asName(document?.model),
      usage: readTranscriptionUsage(document ?? {}),
      declaredCost: readDeclaredCost(response, document?.usage),
      serviceTier: asName(asObject(document?.usage)?.service_tier),
      error: readError(response, document),
    }
  },
}

/**
 * OpenAI's `transcript.text.done`, Mistral's `transcription.done`, vLLM's chunk of usage: in which the whole text may
 * come before the usage.
 */
function readLastEvent(events: EventStream): JsonObject | undefined {
  for (const event of atMost(LAST_EVENTS, events.backward())) {
    const document = event.json() ?? { usage: event.trailing('usage', 1) }
    if (asObject(document.usage ?? document.error) !== undefined) return document
  }
  return undefined
}
