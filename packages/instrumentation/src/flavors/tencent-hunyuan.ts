import { openEventStream } from '../wire/event-stream.ts'
import {
  asBoolean,
  asCount,
  asName,
  asNames,
  asNumber,
  asObject,
  type JsonObject,
  objectsIn,
} from '../wire/json.ts'
import { readDocument } from '../wire/json-document.ts'
import { atMost } from '../wire/stream-event.ts'
import { isFailure, readError, readFailure } from './readers/errors.ts'
import { anyKnown, known } from './readers/known.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor, GenAiRequest, GenAiResponse, GenAiUsage } from './types.ts'

const OPERATIONS: Readonly<Record<string, string>> = { ChatCompletions: 'chat', GetEmbedding: 'embeddings' }

/** The last events of a stream; every one of them carries the usage so far. */
const LAST_EVENTS = 2

/** https://cloud.tencent.com/document/api/1729: what is asked for stands in a header, all of it at one address. */
export const tencentHunyuan: ApiFlavor = {
  name: 'tencent-hunyuan',
  provider: 'tencent',
  endings: [''],
  matches: ({ method, path, host }) =>
    method === 'POST' && path === '/' && host.startsWith('hunyuan.') && host.includes('tencentcloudapi.com'),
  readRequest(request) {
    const operation = OPERATIONS[request.header('x-tc-action') ?? '']
    if (operation === undefined) return undefined
    const body = readRequestMembers(request) ?? {}
    return {
      operation,
      ...known<Partial<GenAiRequest>>({
        model: asName(body.Model),
        stream: asBoolean(body.Stream),
        temperature: asNumber(body.Temperature),
        topP: asNumber(body.TopP),
        seed: asCount(body.Seed),
        stopSequences: asNames(body.Stop),
      }),
    }
  },
  readResponse(response) {
    const events = openEventStream(response)
    let document: JsonObject | undefined
    if (events === undefined) {
      const whole = readDocument(response.body, [])
      document = asObject(whole?.Response) ?? whole
    } else for (const event of atMost(LAST_EVENTS, events.backward())) document ??= event.json()
    if (isFailure(response, document)) return readFailure(response, document)
    const usage = asObject(document.Usage) ?? {}
    const error = asObject(document.Error) ?? asObject(document.ErrorMsg)
    const reasons = objectsIn(document.Choices).flatMap(({ FinishReason }) => asName(FinishReason) ?? [])
    return known<GenAiResponse>({
      id: asName(document.Id) ?? asName(document.RequestId),
      finishReasons: asNames(reasons),
      usage: anyKnown<GenAiUsage>({
        inputTokens: asCount(usage.PromptTokens),
        outputTokens: asCount(usage.CompletionTokens),
      }),
      error: readError(
        response,
        error && { error: { code: error.Code, message: error.Message ?? error.Msg } },
      ),
    })
  },
}
