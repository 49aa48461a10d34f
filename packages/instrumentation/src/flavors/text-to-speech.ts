import { asCount, asName, asObject, type JsonObject, objectsIn } from '../wire/json.ts'
import { readDocument } from '../wire/json-document.ts'
import type { RequestHead } from '../wire/types.ts'
import { countCharacters } from './readers/characters.ts'
import { isJson } from './readers/content-type.ts'
import { readAnswerIn } from './readers/json-answer.ts'
import type { ApiFlavor } from './types.ts'

/**
 * Text in, audio out, billed by the character: https://elevenlabs.io/docs/api-reference/text-to-speech, and those of
 * Cartesia, Deepgram, Fish Audio, Hume, Inworld, LMNT, Murf, Rime, Sarvam, xAI, MiniMax and Amazon Polly, which differ
 * in where they put what.
 */
export const textToSpeech: ApiFlavor = {
  name: 'text-to-speech',
  provider: 'elevenlabs',
  endpoints: [
    'POST /v1/text-to-speech/{voice...}',
    'POST /v1/text-to-dialogue{path...}',
    'POST /v1/t2a_v2',
    'POST polly*/v1/speech',
    'POST polly*/v1/synthesisTasks',
    // Paths that count only on these hosts.
    'POST api.cartesia.ai/tts/bytes',
    'POST api.cartesia.ai/tts/sse',
    'POST api.deepgram.com/v1/speak',
    'POST api.deepgram.com/v2/speak',
    'POST api.fish.audio/v1/tts',
    'POST api.hume.ai/v0/tts',
    'POST api.hume.ai/v0/tts/file',
    'POST api.hume.ai/v0/tts/stream/file',
    'POST api.hume.ai/v0/tts/stream/json',
    'POST api.inworld.ai/tts/v1/voice',
    'POST api.inworld.ai/tts/v1/voice:stream',
    'POST api.lmnt.com/v1/ai/speech',
    'POST api.lmnt.com/v1/ai/speech/bytes',
    'POST api.murf.ai/v1/speech/generate',
    'POST api.murf.ai/v1/speech/stream',
    'POST api.sarvam.ai/text-to-speech',
    'POST api.sarvam.ai/text-to-speech/stream',
    'POST api.x.ai/v1/tts',
    'POST users.rime.ai/v1/rime-tts',
  ],
  readRequest(request) {
    const body: JsonObject =
      (request.body && readDocument(request.body, ['model', 'model_id', 'modelId', 'Engine'])) ?? {}
    const text = body.text ?? body.Text ?? body.transcript ?? inPartsOf(body)
    if (request.body !== undefined && text === undefined) return undefined
    return {
      operation: 'generate_content',
      outputType: 'speech',
      model:
        asName(body.model_id) ??
        asName(body.model) ??
        asName(body.modelId) ??
        asName(body.modelVersion) ??
        // Fish Audio's.
        asName(request.header('model')) ??
        asName(new URLSearchParams(request.query).get('model')) ??
        (isPolly(request) ? (asName(body.Engine) ?? 'standard') : undefined),
      characters: countCharacters(text),
    }
  },
  readResponse: (response, request) =>
    readAnswerIn(response, isJson(response) ? readDocument(response.body, COUNTS) : {}, (document) => {
      const counted =
        response.header('character-cost') ??
        response.header('dg-char-count') ??
        response.header('x-amzn-requestcharacters') ??
        asObject(document.extra_info)?.usage_characters ??
        document.consumedCharacterCount ??
        asObject(document.SynthesisTask)?.RequestCharacters ??
        asObject(document.usage)?.processedCharactersCount
      return {
        usage: { characters: asCount(counted) ?? request.characters },
      }
    }),
}

const COUNTS = ['extra_info', 'base_resp', 'consumedCharacterCount', 'usage', 'SynthesisTask']

/**
 * Texts for several voices, `{"inputs":[{"text":"...","voice_id":"..."}]}` (ElevenLabs), or in several utterances
 * (Hume).
 */
function inPartsOf({ inputs, utterances }: JsonObject): string | undefined {
  const texts = objectsIn(inputs ?? utterances).map(({ text }) => asName(text) ?? '')
  return texts.length > 0 ? texts.join('') : undefined
}

/**
 * https://docs.aws.amazon.com/polly/latest/dg/API_SynthesizeSpeech.html, and speech that is made later. The price
 * depends on the engine, which counts as the model.
 */
function isPolly({ host, path }: RequestHead): boolean {
  return host.startsWith('polly') && (path === '/v1/speech' || path === '/v1/synthesisTasks')
}
