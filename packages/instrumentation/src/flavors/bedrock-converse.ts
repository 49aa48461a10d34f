import { type EventStream, openEventStream } from '../wire/event-stream.ts'
import { asCount, asName, asNames, asNumber, asObject, type JsonObject } from '../wire/json.ts'
import { readDocument } from '../wire/json-document.ts'
import { atMost } from '../wire/stream-event.ts'
import type { ObservedResponse } from '../wire/types.ts'
import { readConverseContent } from './content/bedrock-converse-content.ts'
import {
  bedrockModelOf,
  endpointsOf,
  readBedrockServiceTier,
  readBedrockSpeed,
  readConverseUsage,
  readException,
} from './readers/bedrock.ts'
import { isFailure, readError, readFailure } from './readers/errors.ts'
import { known } from './readers/known.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor, GenAiResponse, ResponseDraft } from './types.ts'

/** `messageStop` is followed only by `metadata`. */
const LAST_EVENTS = 4

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html */
export const bedrockConverse: ApiFlavor = {
  name: 'bedrock-converse',
  provider: 'aws.bedrock',
  endpoints: ['converse', 'converse-stream'].flatMap(endpointsOf),
  readRequest(request) {
    const body = readRequestMembers(request)
    const model = bedrockModelOf(request.path)
    const config = asObject(body?.inferenceConfig) ?? {}
    const additional = asObject(body?.additionalModelRequestFields) ?? {}
    const output = asObject(body?.outputConfig) ?? {}
    return {
      operation: 'chat',
      model,
      stream: request.path.endsWith('-stream') ? true : undefined,
      maxTokens: asCount(config.maxTokens),
      temperature: asNumber(config.temperature),
      topP: asNumber(config.topP),
      topK:
        asCount(additional.top_k) ??
        asCount(additional.topK) ??
        asCount(asObject(additional.inferenceConfig)?.topK),
      stopSequences: asNames(config.stopSequences),
      reasoningEffort:
        asName(output.effort) ??
        asName(additional.reasoning_effort) ??
        asName(asObject(additional.output_config)?.effort),
      outputType: output.textFormat === undefined ? undefined : 'json',
      guardrailId: asName(asObject(body?.guardrailConfig)?.guardrailIdentifier),
      serviceTier: asName(asObject(body?.serviceTier)?.type),
    }
  },
  readResponse(response) {
    const events = openEventStream(response)
    if (events !== undefined) return readConverseStream(response, events)
    const document = readDocument(response.body, ['usage', 'stopReason', 'serviceTier', 'performanceConfig'])
    return isFailure(response, document) ? readFailure(response, document) : readConverse(response, document)
  },
  readContent: readConverseContent,
}

function readConverse(response: ObservedResponse, document: JsonObject): GenAiResponse {
  return known<GenAiResponse>({
    finishReasons: asNames(document.stopReason),
    usage: readConverseUsage(document.usage),
    serviceTier: readBedrockServiceTier(response, document),
    speed: readBedrockSpeed(response, document),
    model: asName(asObject(asObject(document.trace)?.promptRouter)?.invokedModelId),
    error: readError(response, document),
  })
}

function readConverseStream(response: ObservedResponse, events: EventStream): ResponseDraft {
  const result: ResponseDraft = {}
  for (const event of atMost(LAST_EVENTS, events.backward())) {
    result.error ??= readException(event)
    const frame = event.json() ?? {}
    const isLast = event.type === 'messageStop' || event.type === 'metadata'
    // SAP sends server-sent events, with the type inside the data.
    const last = isLast ? frame : (asObject(frame.messageStop) ?? asObject(frame.metadata))
    if (last !== undefined) Object.assign(result, readConverse(response, last))
  }
  return result
}
