import { asName, asNumber, asObject, type JsonObject, parseObject } from '../wire/json.ts'
import { readFormFields } from './readers/form-fields.ts'
import { readJsonAnswer } from './readers/json-answer.ts'
import type { ApiFlavor } from './types.ts'

/**
 * Audio in, text out, billed by the second: https://developers.deepgram.com/reference/speech-to-text, and those of
 * Cartesia, ElevenLabs, Sarvam, xAI and Azure,
 * https://learn.microsoft.com/azure/ai-services/speech-service/mai-transcribe.
 */
export const speechToText: ApiFlavor = {
  name: 'speech-to-text',
  provider: 'elevenlabs',
  endpoints: [
    'POST /v1/speech-to-text',
    'POST /speechtotext/transcriptions:transcribe',
    // Paths that count only on these hosts.
    'POST api.cartesia.ai/stt',
    'POST api.deepgram.com/v1/listen',
    'POST api.sarvam.ai/speech-to-text',
    'POST api.sarvam.ai/speech-to-text-translate',
    'POST api.x.ai/v1/stt',
  ],
  readRequest(request) {
    const form = readFormFields(request, ['model_id', 'model', 'definition'])
    return {
      operation: 'generate_content',
      outputType: 'text',
      model:
        asName(form.model_id) ??
        asName(form.model) ??
        modelDefined(form) ??
        asName(new URLSearchParams(request.query).get('model')),
    }
  },
  readResponse: (response) =>
    readJsonAnswer(response, ['duration', 'audio_duration_secs', 'durationMilliseconds'], (document) => ({
      usage: {
        seconds:
          asNumber(asObject(document.metadata)?.duration) ??
          asNumber(document.duration) ??
          asNumber(document.audio_duration_secs) ??
          inSeconds(asNumber(document.durationMilliseconds)),
      },
    })),
}

/** On Azure, a model other than the default is named deep inside a form field. */
function modelDefined({ definition }: JsonObject): string | undefined {
  const parsed = typeof definition === 'string' ? parseObject(definition) : undefined
  return asName(asObject(parsed?.enhancedMode)?.model)
}

function inSeconds(milliseconds: number | undefined): number | undefined {
  return milliseconds === undefined ? undefined : milliseconds / 1000
}
