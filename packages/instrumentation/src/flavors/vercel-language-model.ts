import { type EventStream, openEventStream } from '../wire/event-stream.ts'
import { asCount, asNames, asNumber, asObject, type JsonObject } from '../wire/json.ts'
import { readDocument, readEdges } from '../wire/json-document.ts'
import { countCharacters } from './readers/characters.ts'
import { isFailure, readError, readFailure } from './readers/errors.ts'
import { readRequestMembers } from './readers/request-members.ts'
import { readVercelResult } from './readers/vercel-result.ts'
import type { ApiFlavor, Draft, GenAiRequest, GenAiUsage } from './types.ts'

/** What each kind of model is requested to do, by the end of the path. */
const REQUESTS: Readonly<Record<string, Pick<GenAiRequest, 'operation' | 'outputType'>>> = {
  'language-model': { operation: 'chat' },
  'decision-model': { operation: 'decision' },
  'embedding-model': { operation: 'embeddings' },
  'image-model': { operation: 'generate_content', outputType: 'image' },
  'reranking-model': { operation: 'rerank' },
  'video-model': { operation: 'generate_content' },
  // A video that is made later; its length is known when it is requested.
  'video-model/start': { operation: 'generate_content' },
  'speech-model': { operation: 'generate_content', outputType: 'speech' },
  'transcription-model': { operation: 'generate_content', outputType: 'text' },
}

/**
 * The AI SDK's own protocol with Vercel's AI Gateway: its interfaces to models as JSON, the model's id in a header,
 * https://github.com/vercel/ai/tree/main/packages/gateway
 */
export const vercelLanguageModel: ApiFlavor = {
  name: 'vercel-language-model',
  provider: 'vercel',
  endpoints: Object.keys(REQUESTS).map((kind) => `POST /ai/${kind}`),
  readRequest(request) {
    const body = readRequestMembers(request, ['duration', 'n']) ?? {}
    const kind = kindOf(request.path)
    return {
      ...(REQUESTS[kind] as GenAiRequest),
      model: request.header(`ai-${kind}-id`) ?? request.header('ai-model-id'),
      choiceCount: asCount(body.n),
      seconds: kind.startsWith('video-model') ? asCount(body.duration) : undefined,
      characters: kind === 'speech-model' ? countCharacters(body.text) : undefined,
      stream: request.header('ai-language-model-streaming') === 'true' ? true : undefined,
      maxTokens: asCount(body.maxOutputTokens),
      temperature: asNumber(body.temperature),
      topP: asNumber(body.topP),
      topK: asCount(body.topK),
      frequencyPenalty: asNumber(body.frequencyPenalty),
      presencePenalty: asNumber(body.presencePenalty),
      seed: asNumber(body.seed),
      stopSequences: asNames(body.stopSequences),
      ...(asObject(body.responseFormat)?.type === 'json' && { outputType: 'json' }),
    }
  },
  readResponse(response, request) {
    const events = openEventStream(response)
    const read = request.operation === 'chat' ? readDocument : readEdges
    const document = events
      ? readStream(events)
      : read(response.body, ['usage', 'finishReason', 'providerMetadata', 'durationInSeconds'])
    if (isFailure(response, document)) return readFailure(response, document)
    const result = readVercelResult(document)
    return {
      ...result,
      finishReasons: asNames(asObject(document.finishReason)?.raw ?? document.finishReason),
      usage: { ...mediaOf(request, document), ...result.usage },
      error: readError(
        response,
        document.type === 'error' ? { error: document.error ?? asError(document) } : document,
      ),
    }
  },
}

function kindOf(path: string): string {
  return path.slice(path.lastIndexOf('/ai/') + '/ai/'.length)
}

/** What is made is known from the request, except the length of a recording. */
function mediaOf(request: GenAiRequest, document: JsonObject): Draft<GenAiUsage> {
  const { outputType, characters, seconds, choiceCount = 1 } = request
  return {
    images: outputType === 'image' ? choiceCount : undefined,
    characters,
    seconds: seconds === undefined ? asNumber(document.durationInSeconds) : seconds * choiceCount,
  }
}

/** An error event of a video: `{"type":"error","message":"...","errorType":"..."}`. */
function asError({ errorType, message }: JsonObject): JsonObject {
  return { type: errorType, message }
}

/**
 * `response-metadata` names id and model, `finish` the rest. Of a video, `result` is all there is, possibly with the
 * video in it.
 */
function readStream(events: EventStream): JsonObject | undefined {
  const document: JsonObject = {}
  for (const type of ['response-metadata', 'finish', 'result', 'error']) {
    for (const event of events.containing(`"type":"${type}"`)) Object.assign(document, event.json())
  }
  const [last] = events.backward()
  document.providerMetadata ??= last?.trailing('providerMetadata', 1)
  return document
}
