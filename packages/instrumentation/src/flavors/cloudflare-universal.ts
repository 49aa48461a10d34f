import { Buffer } from 'node:buffer'
import { findProvider } from '../providers/find-provider.ts'
import { asBuffer, wholeOf } from '../wire/bytes.ts'
import { asName, asObject, type JsonObject, parseJson } from '../wire/json.ts'
import { leadingMember } from '../wire/json-members.ts'
import type { ObservedBody, ObservedRequest } from '../wire/types.ts'
import { anthropicMessages } from './anthropic-messages.ts'
import { bedrockConverse } from './bedrock-converse.ts'
import { bedrockInvoke } from './bedrock-invoke.ts'
import { cloudflareRun } from './cloudflare-run.ts'
import { cohereChat } from './cohere-chat.ts'
import { flavorFinder } from './endpoints.ts'
import { googleGenerateContent } from './google-generate-content.ts'
import { openaiChatCompletions } from './openai-chat-completions.ts'
import { openaiCompletions } from './openai-completions.ts'
import { openaiEmbeddings } from './openai-embeddings.ts'
import { openaiResponses } from './openai-responses.ts'
import { readFailure } from './readers/errors.ts'
import { known } from './readers/known.ts'
import type { ApiFlavor, GenAiRequest } from './types.ts'

/** The flavors in which a request may be passed on. */
const APIS: readonly ApiFlavor[] = [
  openaiChatCompletions,
  openaiResponses,
  anthropicMessages,
  openaiEmbeddings,
  openaiCompletions,
  googleGenerateContent,
  bedrockConverse,
  bedrockInvoke,
  cloudflareRun,
  cohereChat,
]

const findFlavor = flavorFinder(APIS)

/**
 * https://developers.cloudflare.com/ai-gateway/usage/universal/: a list of requests, each of which is tried if those
 * before it failed. The span is named after the first; the answer is that of the step named in a header.
 */
export const cloudflareUniversal: ApiFlavor = {
  name: 'cloudflare-universal',
  provider: 'cloudflare',
  endpoints: ['POST gateway.ai.cloudflare.com/v1/{account}/{gateway}'],
  readRequest(request) {
    const steps = stepsOf(request.body)
    const passed = steps.map((step) => passedOn(request, step))
    const apis = passed.map(findFlavor)
    const [first] = passed
    if (first === undefined) return undefined
    const read = apis[0]?.readRequest(first)
    if (read === undefined) return undefined
    const { provider, query } = steps[0] ?? {}
    return {
      ...read,
      ...known<Partial<GenAiRequest>>({
        model: read.model ?? asName(asObject(query)?.model),
        provider: findProvider(first) ?? asName(provider),
        passedOnBy: apis.map((api) => api?.name),
      }),
    }
  },
  readResponse(response, request) {
    const name = request.passedOnBy?.[Number(response.header('cf-aig-step') ?? 0)]
    const api = APIS.find((candidate) => candidate.name === name)
    return api?.readResponse(response, request) ?? readFailure(response, undefined)
  },
}

/** `{ provider, endpoint, query }`; of a list that isn't held whole, the first step, as far as it matters. */
function stepsOf(body: ObservedBody | undefined): JsonObject[] {
  if (body === undefined) return []
  const whole = body.text ?? wholeOf(body)?.toString('utf8')
  const parsed = whole === undefined ? undefined : parseJson(whole)
  if (Array.isArray(parsed)) return parsed.map((step) => asObject(step) ?? {})
  const head = asBuffer(body.head)
  const [provider, endpoint] = ['provider', 'endpoint'].map((name) => leadingMember(head, name, 2))
  const [model, stream] = ['model', 'stream'].map((name) => leadingMember(head, name, 3))
  return endpoint === undefined ? [] : [{ provider, endpoint, query: { model, stream, messages: [] } }]
}

/** The request for a single step, as it would be sent to the gateway by itself. */
function passedOn(request: ObservedRequest, { provider, endpoint, query }: JsonObject): ObservedRequest {
  const [path, search] = `${request.path.replace(/\/$/, '')}/${provider}/${endpoint}`.split('?', 2)
  const text = JSON.stringify(query ?? {})
  const bytes = Buffer.from(text)
  return {
    method: 'POST',
    protocol: request.protocol,
    host: request.host,
    port: request.port,
    path: path ?? '',
    query: search === undefined ? '' : `?${search}`,
    header: (name) => request.header(name),
    body: { head: bytes, tail: bytes, complete: true, ended: true, totalBytes: bytes.length, text },
  }
}
