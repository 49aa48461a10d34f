import { openEventStream } from '../wire/event-stream.ts'
import { asObject, type JsonObject } from '../wire/json.ts'
import { readDocument } from '../wire/json-document.ts'
import { isFailure, readFailure } from './readers/errors.ts'
import { readCompletion, readCompletionStream } from './readers/openai-choices.ts'
import { readSamplingParameters } from './readers/openai-request.ts'
import { decoded } from './readers/paths.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor, GenAiRequest } from './types.ts'

type Kind = Pick<GenAiRequest, 'operation' | 'outputType'>

/** Directly, and through Cloudflare's AI gateway. */
const PATHS = ['/ai/run/', '/workers-ai/@', '/workers-ai/run/@'] as const

/** https://developers.cloudflare.com/api/resources/ai/methods/run/: the body depends on the model. */
export const cloudflareRun: ApiFlavor = {
  name: 'cloudflare-run',
  provider: 'cloudflare',
  endpoints: ['POST /ai/run/{model...}', 'POST /workers-ai/@{model...}', 'POST /workers-ai/run/@{model...}'],
  readRequest(request) {
    const body = readRequestMembers(request)
    const model = modelOf(request.path)
    return {
      ...kindOf(body ?? {}, model),
      ...(body && readSamplingParameters(body)),
      ...(model !== undefined && { model }),
    }
  },
  readResponse(response, { outputType }) {
    if (response.status < 400 && outputType === 'image') return { usage: { images: 1 } }
    if (response.status < 400 && outputType === 'speech') return {}
    const events = openEventStream(response)
    if (events !== undefined) return readCompletionStream(response, events)
    const document = readDocument(response.body, [])
    if (isFailure(response, document)) return readFailure(response, document)
    return readCompletion(response, {
      ...asObject(document.result),
      error: document.success === false ? document.errors : undefined,
    })
  },
}

function modelOf(path: string): string | undefined {
  const start = path.indexOf('/@')
  return decoded(start === -1 ? path.slice(path.indexOf(PATHS[0]) + PATHS[0].length) : path.slice(start + 1))
}

/** What the model's name tells where bodies look alike. */
const BY_NAME: readonly (readonly [RegExp, Kind])[] = [
  [/rerank/, { operation: 'rerank' }],
  [/bge-|embed/, { operation: 'embeddings' }],
  [
    /flux-\d|stable-diffusion|dreamshaper|lucid-origin|phoenix-/,
    { operation: 'generate_content', outputType: 'image' },
  ],
  [/melotts|aura-/, { operation: 'generate_content', outputType: 'speech' }],
  [/whisper|\/nova-\d/, { operation: 'generate_content', outputType: 'text' }],
]

function kindOf(body: JsonObject, model = ''): Kind {
  if ('questions' in body && 'state' in body) return { operation: 'decision' }
  if ('messages' in body || 'input' in body) return { operation: 'chat' }
  for (const [name, kind] of BY_NAME) if (name.test(model)) return kind
  return { operation: 'text' in body && !('target_lang' in body) ? 'embeddings' : 'text_completion' }
}
