import { asCount, asName, asObject, type JsonObject, objectsIn } from '../wire/json.ts'
import { readDocument } from '../wire/json-document.ts'
import type { RequestHead } from '../wire/types.ts'
import { countCharacters } from './readers/characters.ts'
import { isJson } from './readers/content-type.ts'
import { isFailure, readError, readFailure } from './readers/errors.ts'
import { anyKnown, known } from './readers/known.ts'
import type { ApiFlavor, GenAiRequest, GenAiResponse, GenAiUsage } from './types.ts'

/** ElevenLabs' paths, for one voice or several. */
const TEXT_TO = '/v1/text-to-'
const TO = ['speech/', 'dialogue']

/** Paths that count only on these hosts. */
const PATHS: ReadonlyMap<string, readonly string[]> = new Map([
  ['api.cartesia.ai', ['/tts/bytes', '/tts/sse']],
  ['api.deepgram.com', ['/v1/speak', '/v2/speak']],
  ['api.fish.audio', ['/v1/tts']],
  ['api.hume.ai', ['/v0/tts', '/v0/tts/file', '/v0/tts/stream/file', '/v0/tts/stream/json']],
  ['api.inworld.ai', ['/tts/v1/voice', '/tts/v1/voice:stream']],
  ['api.lmnt.com', ['/v1/ai/speech', '/v1/ai/speech/bytes']],
  ['api.murf.ai', ['/v1/speech/generate', '/v1/speech/stream']],
  ['api.sarvam.ai', ['/text-to-speech', '/text-to-speech/stream']],
  ['api.x.ai', ['/v1/tts']],
  ['users.rime.ai', ['/v1/rime-tts']],
])

/**
 * Text in, audio out, billed by the character: https://elevenlabs.io/docs/api-reference/text-to-speech, and those of
 * Cartesia, Deepgram, Fish Audio, Hume, Inworld, LMNT, Murf, Rime, Sarvam, xAI, MiniMax and Amazon Polly, which differ
 * in where they put what.
 */
export const textToSpeech: ApiFlavor = {
  name: 'text-to-speech',
  provider: 'elevenlabs',
  markers: ['/text-to-', '/tts', '-tts', '/v1/t2a_v2', '/speak', '/speech', '/synthesisTasks'],
  matches: (request) => request.method === 'POST' && isSpeechPath(request),
  readRequest(request) {
    const body: JsonObject =
      (request.body && readDocument(request.body, ['model', 'model_id', 'modelId', 'Engine'])) ?? {}
    const text = body.text ?? body.Text ?? body.transcript ?? inPartsOf(body)
    if (request.body !== undefined && text === undefined) return undefined
    return {
      operation: 'generate_content',
      outputType: 'speech',
      ...known<Partial<GenAiRequest>>({
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
      }),
    }
  },
  readResponse(response, request) {
    const document = isJson(response) ? readDocument(response.body, COUNTS) : {}
    if (isFailure(response, document)) return readFailure(response, document)
    const counted =
      response.header('character-cost') ??
      response.header('dg-char-count') ??
      response.header('x-amzn-requestcharacters') ??
      asObject(document.extra_info)?.usage_characters ??
      document.consumedCharacterCount ??
      asObject(document.SynthesisTask)?.RequestCharacters ??
      asObject(document.usage)?.processedCharactersCount
    return known<GenAiResponse>({
      usage: anyKnown<GenAiUsage>({ characters: asCount(counted) ?? request.characters }),
      error: readError(response, document),
    })
  },
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

function isSpeechPath(request: RequestHead): boolean {
  const { host, path } = request
  const paths = PATHS.get(host)
  if (paths !== undefined) return paths.includes(path)
  const start = path.indexOf(TEXT_TO)
  if (start !== -1) return TO.some((made) => path.startsWith(made, start + TEXT_TO.length))
  return path.endsWith('/v1/t2a_v2') || isPolly(request)
}

/**
 * https://docs.aws.amazon.com/polly/latest/dg/API_SynthesizeSpeech.html, and speech that is made later. The price
 * depends on the engine, which counts as the model.
 */
function isPolly({ host, path }: RequestHead): boolean {
  return host.startsWith('polly') && (path === '/v1/speech' || path === '/v1/synthesisTasks')
}
