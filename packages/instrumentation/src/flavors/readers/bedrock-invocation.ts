import { Buffer } from 'node:buffer'
import type { EventStream } from '../../wire/event-stream.ts'
import {
  asCount,
  asName,
  asObject,
  type JsonObject,
  objectsIn,
  sumOf,
  withoutNulls,
} from '../../wire/json.ts'
import { atMost, eventsContaining, StreamEvent } from '../../wire/stream-event.ts'
import type { ObservedResponse } from '../../wire/types.ts'
import type { GenAiResponse, GenAiUsage } from '../types.ts'
import { readMessageStream, readMessageUsage } from './anthropic-message.ts'
import {
  readBedrockServiceTier,
  readBedrockSpeed,
  readConverseUsage,
  readException,
  readInvocationMetrics,
  readTokenHeaders,
} from './bedrock.ts'
import { readError } from './errors.ts'
import { anyKnown, known } from './known.ts'
import { readOpenAiUsage } from './openai-usage.ts'

/** Id, model and input are in the first events of a stream. */
const FIRST_EVENTS = 4

/** Output, finish reason and metrics are in its last events. */
const LAST_EVENTS = 8

const METRICS = 'amazon-bedrock-invocationMetrics'

/**
 * A body of any of the models, with the names that Anthropic, Amazon, Meta, Mistral, Cohere, AI21 and others use for
 * the same things.
 */
export function readInvocation(response: ObservedResponse, document: JsonObject): GenAiResponse {
  return known<GenAiResponse>({
    id: idOf(document),
    model: asName(document.model),
    finishReasons: finishReasonsOf(document),
    usage: withOutputOf(
      usageOf(document) ?? readInvocationMetrics(document[METRICS]),
      readTokenHeaders(response),
    ),
    serviceTier: readBedrockServiceTier(response, document),
    speed: readBedrockSpeed(response, document),
    error: readError(response, document),
  })
}

/** Frames whose payload is one chunk of the model's own stream, as base64. */
export function readInvocationStream(response: ObservedResponse, frames: EventStream): GenAiResponse {
  const first = [...atMost(FIRST_EVENTS, frames.forward())].map(chunkOf)
  const last = [...atMost(LAST_EVENTS, frames.backward())].map(chunkOf)
  const error = last.map(readException).find(Boolean)
  const merged: JsonObject = {}
  // Llama repeats `prompt_token_count` as `null` in later chunks.
  for (const event of [...first, ...last.toReversed()]) Object.assign(merged, withoutNulls(event.json()))
  // Command R's last chunk holds the whole response.
  merged.generation_id ??= asObject(merged.response)?.generation_id
  // The id in Command's chunks is that of the request, not of the answer.
  if ('generations' in merged) merged.id = undefined
  // Not from `merged`: the event with the usage has an empty list of choices, which replaces the one with the reasons.
  const finishReasons = last.map((event) => finishReasonsOf(event.json() ?? {})).find(Boolean)
  const read = first.some((event) => event.json()?.type === 'message_start')
    ? readMessageStream(response, {
        forward: () => first,
        backward: () => last,
        containing: (text) => eventsContaining(first, text),
      })
    : readInvocation(response, { ...merged, ...novaMembers(merged) })
  const usage = read.usage ?? readInvocationMetrics(merged[METRICS])
  return {
    ...known<GenAiResponse>({
      finishReasons,
      serviceTier: readBedrockServiceTier(response, merged),
      speed: readBedrockSpeed(response, merged),
    }),
    ...read,
    ...(usage && { usage }),
    ...(error && { error }),
  }
}

export function chunkOf(frame: StreamEvent): StreamEvent {
  const bytes = frame.json()?.bytes
  return typeof bytes === 'string' ? new StreamEvent(Buffer.from(bytes, 'base64'), true, frame.type) : frame
}

function usageOf(document: JsonObject): GenAiUsage | undefined {
  const usage = asObject(document.usage)
  if (usage !== undefined) {
    if ('inputTokens' in usage || 'outputTokens' in usage) return readConverseUsage(usage)
    return 'prompt_tokens' in usage ? readOpenAiUsage(usage) : readMessageUsage(usage)
  }
  const results = objectsIn(document.results).map((result) => asCount(result.tokenCount))
  return anyKnown<GenAiUsage>({
    inputTokens: asCount(document.inputTextTokenCount) ?? asCount(document.prompt_token_count),
    outputTokens:
      asCount(document.totalOutputTextTokenCount) ??
      asCount(document.generation_token_count) ??
      sumOf(...results),
  })
}

/** If a guardrail masks what Nova has written, the body states the input only. */
function withOutputOf(
  stated: GenAiUsage | undefined,
  headers: GenAiUsage | undefined,
): GenAiUsage | undefined {
  if (stated === undefined || headers?.outputTokens === undefined) return stated ?? headers
  return { outputTokens: headers.outputTokens, ...stated }
}

/** The finish reasons of all choices, under any of the names that models have for the list and for the reason. */
function finishReasonsOf(document: JsonObject): string[] | undefined {
  const lists = [
    document.choices,
    document.outputs,
    document.results,
    document.generations,
    document.completions,
  ]
  const reasons = [document, ...lists.flatMap(objectsIn)].flatMap(
    (choice) =>
      asName(choice.stop_reason) ??
      asName(choice.stopReason) ??
      asName(choice.finish_reason) ??
      asName(choice.completionReason) ??
      asName(asObject(choice.finishReason)?.reason ?? choice.finishReason) ??
      [],
  )
  return reasons.length > 0 ? reasons : undefined
}

/** Command R's own id is that of the generation; Jurassic's is a number. */
function idOf(document: JsonObject): string | undefined {
  return asName(document.generation_id) ?? asName(document.id) ?? asCount(document.id)?.toString()
}

/** Nova streams Converse's events, each wrapped in its type. */
function novaMembers(merged: JsonObject): JsonObject {
  return { ...asObject(merged.messageStop), ...asObject(merged.metadata) }
}
