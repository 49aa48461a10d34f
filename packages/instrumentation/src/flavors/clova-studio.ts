import { type EventStream, openEventStream } from '../wire/event-stream.ts'
import { asCount, asName, asNames, asNumber, asObject, type JsonObject } from '../wire/json.ts'
import { readDocument, readEdges } from '../wire/json-document.ts'
import { atMost } from '../wire/stream-event.ts'
import { isFailure, type ProviderError, readError, readFailure } from './readers/errors.ts'
import { anyKnown, known } from './readers/known.ts'
import { segmentAfter } from './readers/paths.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor, GenAiUsage } from './types.ts'

const CHAT = '/chat-completions'
const EMBEDDING = '/api-tools/embedding/'

/** After the event `result` comes at most `[DONE]`. */
const LAST_EVENTS = 4

/** Every answer has a status code of its own besides that of HTTP. */
const OK = '20000'

/**
 * https://api.ncloud-docs.com/docs/en/clovastudio-chatcompletionsv3: HyperCLOVA's own API; it also has one compatible
 * with OpenAI's.
 */
export const clovaStudio: ApiFlavor = {
  name: 'clova-studio',
  provider: 'naver',
  endpoints: [
    'POST *.ntruss.com/{version...}/chat-completions/{model...}',
    'POST *.ntruss.com/{version...}/tasks/{task...}/chat-completions',
    'POST *.ntruss.com/{version...}/api-tools/embedding/{model...}',
  ],
  readRequest(request) {
    const body = readRequestMembers(request)
    const isChat = !request.path.includes(EMBEDDING)
    if (body !== undefined && !((isChat ? 'messages' : 'text') in body)) return undefined
    return {
      operation: isChat ? 'chat' : 'embeddings',
      model:
        segmentAfter(request.path, isChat ? `${CHAT}/` : EMBEDDING) ?? segmentAfter(request.path, '/tasks/'),
      stream: request.header('accept') === 'text/event-stream' ? true : undefined,
      maxTokens: asCount(body?.maxCompletionTokens) ?? asCount(body?.maxTokens),
      temperature: asNumber(body?.temperature),
      topP: asNumber(body?.topP),
      topK: asCount(body?.topK),
      seed: asCount(body?.seed),
      stopSequences: asNames(body?.stop) ?? asNames(body?.stopBefore),
      reasoningEffort: asName(asObject(body?.thinking)?.effort),
    }
  },
  readResponse(response, { operation }) {
    const events = openEventStream(response)
    const read = operation === 'chat' ? readDocument : readEdges
    const document = events ? lastResult(events) : read(response.body, ['status', 'result'])
    if (isFailure(response, document)) return readFailure(response, document)
    const result = asObject(document.result) ?? document
    const status = asObject(document.status)
    const code = asName(status?.code)
    return {
      finishReasons: asNames(result.finishReason) ?? asNames(result.stopReason),
      usage: readUsage(result),
      error:
        code === undefined || code === OK
          ? readError(response, document)
          : known<ProviderError>({ type: code, message: asName(status?.message) }),
    }
  },
}

function lastResult(events: EventStream): JsonObject | undefined {
  for (const event of atMost(LAST_EVENTS, events.backward())) {
    const document = event.json()
    if (document !== undefined && (event.type !== 'token' || 'usage' in document)) return document
  }
  return {}
}

/** The third version has a `usage`; the first has lengths beside the message. */
function readUsage(result: JsonObject): GenAiUsage | undefined {
  const usage = asObject(result.usage) ?? {}
  return anyKnown<GenAiUsage>({
    inputTokens: asCount(usage.promptTokens) ?? asCount(result.inputLength) ?? asCount(result.inputTokens),
    outputTokens: asCount(usage.completionTokens) ?? asCount(result.outputLength),
    reasoningTokens: asCount(asObject(usage.completionTokensDetails)?.thinkingTokens),
  })
}
