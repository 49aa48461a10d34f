import { type EventStream, openEventStream } from '../../wire/event-stream.ts'
import {
  asBoolean,
  asCount,
  asLabel,
  asName,
  asNames,
  asNumber,
  asObject,
  type JsonObject,
} from '../../wire/json.ts'
import { readDocument } from '../../wire/json-document.ts'
import { atMost } from '../../wire/stream-event.ts'
import type { ObservedResponse } from '../../wire/types.ts'
import type { GenAiRequest, GenAiResponse, GenAiUsage } from '../types.ts'
import { isFailure, readError, readFailure } from './errors.ts'
import { anyKnown, known } from './known.ts'

/** The last line is the one with `"done":true`, unless it is an error. */
const LAST_EVENTS = 2

/** Members that come after the answer. */
const TRAILING = ['prompt_eval_count', 'prompt_eval_cached_count', 'eval_count', 'done_reason']

/** Ollama streams unless told not to. */
export function readOllamaParameters(body: JsonObject): Partial<GenAiRequest> {
  const options = asObject(body.options) ?? {}
  return known<Partial<GenAiRequest>>({
    model: asLabel(body.model),
    stream: asBoolean(body.stream) ?? true,
    maxTokens: asCount(options.num_predict),
    temperature: asNumber(options.temperature),
    topP: asNumber(options.top_p),
    topK: asCount(options.top_k),
    frequencyPenalty: asNumber(options.frequency_penalty),
    presencePenalty: asNumber(options.presence_penalty),
    seed: asNumber(options.seed),
    stopSequences: asNames(options.stop),
    outputType: body.format === 'json' || asObject(body.format) ? 'json' : undefined,
    reasoningEffort: asName(body.think),
  })
}

export function readOllamaResponse(response: ObservedResponse): GenAiResponse {
  const events = openEventStream(response)
  return events === undefined
    ? readAnswer(response, readDocument(response.body, TRAILING))
    : readStream(response, events)
}

/** The response, whole or the last line of a stream. */
function readAnswer(response: ObservedResponse, document: JsonObject | undefined): GenAiResponse {
  if (isFailure(response, document)) return readFailure(response, document)
  const usage = anyKnown<GenAiUsage>({
    inputTokens: asCount(document.prompt_eval_count),
    cacheReadTokens: asCount(document.prompt_eval_cached_count),
    outputTokens: asCount(document.eval_count),
  })
  return known<GenAiResponse>({
    model: asName(document.model),
    finishReasons: asNames(document.done_reason),
    usage,
    error: readError(response, document),
  })
}

function readStream(response: ObservedResponse, events: EventStream): GenAiResponse {
  let result: GenAiResponse = {}
  for (const event of atMost(LAST_EVENTS, events.backward())) {
    const line = event.json()
    if (line !== undefined) result = { ...readAnswer(response, line), ...result }
  }
  return result
}
