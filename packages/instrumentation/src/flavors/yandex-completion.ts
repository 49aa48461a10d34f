import { openEventStream } from '../wire/event-stream.ts'
import { asBoolean, asCount, asName, asNames, asNumber, asObject, objectsIn } from '../wire/json.ts'
import { readDocument } from '../wire/json-document.ts'
import { atMost } from '../wire/stream-event.ts'
import { isFailure, readError, readFailure } from './readers/errors.ts'
import { anyKnown, known } from './readers/known.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor, GenAiRequest, GenAiResponse, GenAiUsage } from './types.ts'

/** Every line of a stream is a whole answer so far. */
const LAST_EVENTS = 2

/** https://yandex.cloud/en/docs/ai-studio/text-generation/api-ref/TextGeneration/completion */
export const yandexCompletion: ApiFlavor = {
  name: 'yandex-completion',
  provider: 'yandex',
  endings: ['completion'],
  matches: ({ method, path }) => method === 'POST' && path.endsWith('/foundationModels/v1/completion'),
  readRequest(request) {
    const body = readRequestMembers(request)
    const options = asObject(body?.completionOptions) ?? {}
    return {
      operation: 'chat',
      ...known<Partial<GenAiRequest>>({
        model: asName(body?.modelUri),
        stream: asBoolean(options.stream),
        maxTokens: asCount(options.maxTokens),
        temperature: asNumber(options.temperature),
      }),
    }
  },
  readResponse(response) {
    const events = openEventStream(response)
    let document = events === undefined ? readDocument(response.body, []) : undefined
    for (const event of atMost(LAST_EVENTS, events?.backward() ?? [])) document ??= event.json()
    if (isFailure(response, document)) return readFailure(response, document)
    const result = asObject(document.result) ?? {}
    const usage = asObject(result.usage) ?? {}
    return known<GenAiResponse>({
      finishReasons: asNames(objectsIn(result.alternatives).map(({ status }) => status)),
      usage: anyKnown<GenAiUsage>({
        inputTokens: asCount(usage.inputTextTokens),
        outputTokens: asCount(usage.completionTokens),
        reasoningTokens: asCount(asObject(usage.completionTokensDetails)?.reasoningTokens),
      }),
      error: readError(response, document),
    })
  },
}
