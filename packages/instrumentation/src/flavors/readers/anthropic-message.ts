import type { EventStream } from '../../wire/event-stream.ts'
import {
  asCount,
  asName,
  asNames,
  asObject,
  type JsonObject,
  objectsIn,
  sumOf,
  withoutNulls,
} from '../../wire/json.ts'
import { atMost } from '../../wire/stream-event.ts'
import type { ObservedResponse } from '../../wire/types.ts'
import type { FurtherUsage, GenAiResponse, GenAiUsage } from '../types.ts'
import { isFailure, readError, readFailure } from './errors.ts'
import { anyKnown, known } from './known.ts'
import { readDeclaredCost } from './openai-usage.ts'
import { toolRequests } from './tool-requests.ts'

/** After `message_delta`, which carries the usage, come `message_stop` and possibly pings. */
const LAST_EVENTS = 8

/** Anthropic's `input_tokens` leaves out what was read from or written to the cache; the conventions' includes it. */
function readAnthropicUsage(value: unknown): GenAiUsage | undefined {
  const usage = asObject(value)
  if (usage === undefined) return undefined
  const uncached = asCount(usage.input_tokens)
  const cacheReadTokens = asCount(usage.cache_read_input_tokens)
  const cacheWriteTokens = asCount(usage.cache_creation_input_tokens)
  const cacheCreation = asObject(usage.cache_creation) ?? {}
  return anyKnown<GenAiUsage>({
    inputTokens: uncached === undefined ? undefined : sumOf(uncached, cacheReadTokens, cacheWriteTokens),
    cacheReadTokens,
    cacheWriteTokens,
    cacheWrite5mTokens: asCount(cacheCreation.ephemeral_5m_input_tokens),
    cacheWrite1hTokens: asCount(cacheCreation.ephemeral_1h_input_tokens),
    outputTokens: asCount(usage.output_tokens),
    reasoningTokens: asCount(asObject(usage.output_tokens_details)?.thinking_tokens),
  })
}

/** A message object, as a body or inside `message_start`. */
export function readMessage(response: ObservedResponse, document: JsonObject | undefined): GenAiResponse {
  if (isFailure(response, document)) return readFailure(response, document)
  return known<GenAiResponse>({
    id: asName(document.id),
    model: asName(document.model),
    finishReasons: asNames(document.stop_reason),
    ...readUsageMembers(response, document.usage, document),
    error: readError(response, document),
  })
}

/**
 * `message_start` names id, model and input; `message_delta` overrides what it states, output and reason among it. There may
 * be more than one, each with a part.
 */
export function readMessageStream(response: ObservedResponse, events: EventStream): GenAiResponse {
  let started: JsonObject | undefined
  for (const event of events.containing('"message_start"'))
    started = asObject(event.json()?.message) ?? started
  const message = readMessage(response, started ?? {})
  let finishReasons: string[] | undefined
  let last: JsonObject | undefined
  let usage: JsonObject = {}
  let charged: GenAiResponse['declaredCost']
  for (const event of atMost(LAST_EVENTS, events.backward())) {
    if (finishReasons !== undefined && last !== undefined) break
    // OpenCode's, in a ping after the message.
    if (event.mentions('cost')) charged ??= readDeclaredCost(response, undefined, event.json())
    if (!event.mentions('message_delta') && !event.mentions('error')) continue
    const document = event.json()
    if (isError(document))
      return known<GenAiResponse>({ ...withoutOutput(message), error: readError(response, document) })
    if (document?.type !== 'message_delta') continue
    finishReasons ??= asNames(asObject(document.delta)?.stop_reason)
    // There is none if one of Bedrock's guardrails has intervened.
    if (asObject(document.usage) === undefined) continue
    last ??= document
    // A member that is repeated as `null` overrides nothing.
    usage = { ...withoutNulls(document.usage), ...usage }
  }
  const counted = last && readUsageMembers(response, { ...asObject(started?.usage), ...usage }, last)
  const isWhole = counted !== undefined || (response.body.ended && response.body.complete)
  return {
    ...(isWhole ? message : withoutOutput(message)),
    ...counted,
    ...(charged && { declaredCost: charged }),
    ...(finishReasons && { finishReasons }),
  }
}

/** Vertex AI's own errors, which come in a list, have no type. */
function isError(event: JsonObject | undefined): boolean {
  return event !== undefined && (event.type === 'error' || (event.type === undefined && 'error' in event))
}

function readUsageMembers(response: ObservedResponse, value: unknown, document: JsonObject): GenAiResponse {
  const usage = asObject(value) ?? {}
  const furtherUsage = [...readAdvisorUsage(usage), ...readDeclinedUsage(usage)]
  return known<GenAiResponse>({
    model: readFallbackModel(usage),
    usage: readMessageUsage(usage),
    furtherUsage: furtherUsage.length > 0 ? furtherUsage : undefined,
    declaredCost: readDeclaredCost(response, usage, document),
    serviceTier: asName(usage.service_tier),
    batch: usage.service_tier === 'batch' ? true : undefined,
    compacted: iterationsOf(usage, 'compaction').length > 0 ? true : undefined,
    speed: asName(usage.speed),
    inferenceGeo: usage.inference_geo === 'not_available' ? undefined : asName(usage.inference_geo),
    toolRequests: toolRequests(
      Object.entries(asObject(usage.server_tool_use) ?? {}).map(([name, count]) => [
        name.replace(/_requests$/, ''),
        count,
      ]),
    ),
  })
}

/**
 * The usage of a message, with that of compactions, which the totals leave out,
 * https://platform.claude.com/docs/en/build-with-claude/compaction#understanding-usage
 */
export function readMessageUsage(value: unknown): GenAiUsage | undefined {
  const usage = readAnthropicUsage(value)
  const compactions = iterationsOf(value, 'compaction').map(readAnthropicUsage)
  if (compactions.length === 0) return usage
  const sumOfAll = (part: keyof GenAiUsage): number | undefined =>
    sumOf(...compactions.map((compaction) => compaction?.[part]))
  return known<GenAiUsage>({
    ...usage,
    compactionInputTokens: sumOfAll('inputTokens'),
    compactionCacheReadTokens: sumOfAll('cacheReadTokens'),
    compactionCacheWriteTokens: sumOfAll('cacheWriteTokens'),
    compactionOutputTokens: sumOfAll('outputTokens'),
  })
}

/**
 * The usage of the model that was asked for advice, which the totals leave out too,
 * https://platform.claude.com/docs/en/agents-and-tools/tool-use/advisor-tool
 */
function readAdvisorUsage(value: unknown): FurtherUsage[] {
  return iterationsOf(value, 'advisor_message').map(furtherUsageOf)
}

/**
 * The usage of models that refused to answer before another one did: those that had produced any output are billed,
 * while the totals are those of the last model,
 * https://platform.claude.com/docs/en/build-with-claude/refusals-and-fallback#server-side-fallback
 */
function readDeclinedUsage(value: unknown): FurtherUsage[] {
  const attempts = attemptsOf(value)
  const served = attempts.at(-1)?.model
  return attempts
    .filter(({ model, output_tokens }) => model !== served && asCount(output_tokens))
    .map(furtherUsageOf)
}

/** The model that answered in place of the requested one, which is the one a stream begins with. */
function readFallbackModel(value: unknown): string | undefined {
  const attempts = attemptsOf(value)
  const served = attempts.at(-1)?.model
  const isFallback = attempts.some(({ type, model }) => type === 'fallback_message' || model !== served)
  return isFallback ? asName(served) : undefined
}

function attemptsOf(value: unknown): JsonObject[] {
  return iterationsOf(value, 'message', 'fallback_message').filter(({ model }) => asName(model) !== undefined)
}

function furtherUsageOf(iteration: JsonObject): FurtherUsage {
  return known<FurtherUsage>({ model: asName(iteration.model), usage: readAnthropicUsage(iteration) ?? {} })
}

function iterationsOf(usage: unknown, ...types: string[]): JsonObject[] {
  return objectsIn(asObject(usage)?.iterations).filter(({ type }) => types.includes(String(type)))
}

/**
 * The output tokens in `message_start` are only a first count: they don't say how many there were when the stream broke
 * off.
 */
function withoutOutput({ usage, ...message }: GenAiResponse): GenAiResponse {
  if (usage === undefined) return message
  const { outputTokens, reasoningTokens, ...input } = usage
  return { ...message, usage: input }
}
