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
import { atMost } from '../wire/stream-event.ts'
import { readError } from './readers/errors.ts'
import { readJsonAnswer } from './readers/json-answer.ts'
import { anyKnown } from './readers/known.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor, GenAiUsage, ResponseDraft } from './types.ts'

/** The last events hold the finish reason and, if requested, the usage. */
const LAST_EVENTS = 4

/** https://docs.oracle.com/en-us/iaas/api/#/en/generative-ai-inference/latest/ChatResult/Chat */
export const oracleChat: ApiFlavor = {
  name: 'oracle-chat',
  provider: 'oracle',
  endpoints: ['POST /actions/chat'],
  readRequest(request) {
    const body = readRequestMembers(request)
    const serving = asObject(body?.servingMode)
    if (body === undefined || serving === undefined) return undefined
    const chatRequest = asObject(body.chatRequest) ?? {}
    const stream = asBoolean(chatRequest.isStream)
    return {
      operation: 'chat',
      model: asName(serving.modelId) ?? asName(serving.endpointId),
      stream,
      streamUsageRequested:
        stream === true ? asObject(chatRequest.streamOptions)?.isIncludeUsage === true : undefined,
      choiceCount: asCount(chatRequest.numGenerations),
      maxTokens: asCount(chatRequest.maxCompletionTokens) ?? asCount(chatRequest.maxTokens),
      temperature: asNumber(chatRequest.temperature),
      topP: asNumber(chatRequest.topP),
      topK: asCount(chatRequest.topK),
      frequencyPenalty: asNumber(chatRequest.frequencyPenalty),
      presencePenalty: asNumber(chatRequest.presencePenalty),
      seed: asNumber(chatRequest.seed),
      stopSequences: asNames(chatRequest.stop) ?? asNames(chatRequest.stopSequences),
    }
  },
  readResponse(response) {
    const events = openEventStream(response)
    if (events !== undefined) {
      const result: ResponseDraft = {}
      for (const event of atMost(LAST_EVENTS, events.backward())) {
        const read = readAnswer(event.json() ?? {})
        result.usage ??= read.usage
        result.finishReasons ??= read.finishReasons
        result.error ??= readError(response, event.json())
      }
      return result
    }
    return readJsonAnswer(response, ['modelId'], (document) => ({
      model: asName(document.modelId),
      ...readAnswer(asObject(document.chatResponse) ?? {}),
    }))
  },
}

/** The generic format has choices; Cohere's has a single answer, and so has each event of a stream. */
function readAnswer(answer: JsonObject): ResponseDraft {
  const choices = Array.isArray(answer.choices) ? objectsIn(answer.choices) : [answer]
  return {
    finishReasons: asNames(choices.map((choice) => choice.finishReason)),
    usage: readUsage(answer.usage),
    serviceTier: asName(answer.serviceTier),
  }
}

function readUsage(value: unknown): GenAiUsage | undefined {
  const usage = asObject(value) ?? {}
  return anyKnown<GenAiUsage>({
    inputTokens: asCount(usage.promptTokens),
    cacheReadTokens: asCount(asObject(usage.promptTokensDetails)?.cachedTokens),
    outputTokens: asCount(usage.completionTokens),
    reasoningTokens: asCount(asObject(usage.completionTokensDetails)?.reasoningTokens),
  })
}
