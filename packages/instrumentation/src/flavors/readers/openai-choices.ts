import type { EventStream } from '../../wire/event-stream.ts'
import { asCount, asName, asNames, asObject, type JsonObject, objectsIn } from '../../wire/json.ts'
import { readDocument, readNearEdge } from '../../wire/json-document.ts'
import { atMost, parsed, type StreamEvent } from '../../wire/stream-event.ts'
import type { ObservedResponse } from '../../wire/types.ts'
import type { Draft, GenAiResponse } from '../types.ts'
import { isFailure, readError, readFailure } from './errors.ts'
import { readFurtherUsage } from './further-usage.ts'
import { known } from './known.ts'
import { readDeclaredCost, readOpenAiUsage } from './openai-usage.ts'
import { readCompletionTools, readExecutedTools } from './tool-requests.ts'

/** Model and id are in the first events, though not always in the very first. */
const FIRST_EVENTS = 4

/** Usage and finish reason are in the last events; filter results, pings and `[DONE]` may follow. */
const LAST_EVENTS = 16

/** An event with one of these members is worth parsing. */
const OF_INTEREST = ['usage', 'finish_reason', 'stop_reason', 'stop_type', 'error', 'metrics', 'sid', 'cost']

/** Members that may come after the choices. */
const TRAILING = [
  'usage',
  'usage_breakdown',
  'model',
  'model_id',
  'id',
  'service_tier',
  'system_fingerprint',
  'metrics',
  'x_nanogpt_pricing',
  'copilot_usage',
  'costDollars',
  'cost',
]

/** Finish reasons of all choices, in their order, verbatim. */
function finishReasonsOf(document: JsonObject): string[] | undefined {
  const reasons: string[] = []
  for (const choice of answersOf(document)) {
    const reason = reasonOf(choice)
    if (reason !== undefined) reasons.push(reason)
  }
  return reasons.length > 0 ? reasons : undefined
}

/** llama.cpp's own answers say `stop_type`. */
function reasonOf({ finish_reason, stop_reason, stop_type }: JsonObject): string | undefined {
  return asName(finish_reason) ?? asName(stop_reason) ?? asName(stop_type)
}

/**
 * Reka calls them responses. Baidu and Pinecone have a single answer with the reason beside it, Llama's own API a
 * message or an event.
 */
function answersOf(document: JsonObject): readonly JsonObject[] {
  const listed = document.choices ?? document.responses
  if (listed !== undefined && listed !== null) return objectsIn(listed)
  return [asObject(document.completion_message) ?? asObject(document.event) ?? document]
}

/** What a chat or text completion says besides its content; also of one chunk of a streamed one. */
export function readCompletion(response: ObservedResponse, document: JsonObject | undefined): GenAiResponse {
  if (isFailure(response, document)) return readFailure(response, document)
  const model = asName(document.model) ?? asName(document.model_id)
  const usage = asObject(usageMemberOf(document)) ?? {}
  return known<GenAiResponse>({
    // iFlytek states the id of the session.
    id: asName(document.id) ?? asName(document.sid),
    model,
    finishReasons: finishReasonsOf(document),
    usage: readOpenAiUsage(usage, model),
    furtherUsage: readFurtherUsage(document),
    declaredCost: readDeclaredCost(response, usage, document),
    serviceTier: asName(document.service_tier) ?? asName(usage.service_tier),
    toolRequests: readCompletionTools(document, usage),
    systemFingerprint: asName(document.system_fingerprint),
    error: readError(response, document) ?? readBreakingOff(response, document),
  })
}

/** Why an answer broke off in the middle: OpenRouter says it in the choice, Groq in `x_groq`. */
function readBreakingOff(response: ObservedResponse, document: JsonObject): GenAiResponse['error'] {
  const failed = objectsIn(document.choices).find(({ error }) => asObject(error) !== undefined)
  return readError(response, { error: failed?.error ?? asObject(document.x_groq)?.error })
}

/** A completion that is no stream. In one too large to be held whole, the finish reason is near either end. */
export function readCompletionBody(response: ObservedResponse, choiceCount = 1): GenAiResponse {
  const read = readCompletion(response, readDocument(response.body, TRAILING))
  // With more than one choice, only one reason would be found, and be taken for that of the first.
  if (read.finishReasons !== undefined || choiceCount > 1) return read
  const finishReasons = asNames(readNearEdge(response.body, 'finish_reason', 3))
  return { ...read, ...(finishReasons && { finishReasons }) }
}

/**
 * The chunks of a streamed completion.
 *
 * @param choiceCount how many choices were requested: with more than one, some reasons may be far from the end.
 */
export function readCompletionStream(
  response: ObservedResponse,
  events: EventStream,
  choiceCount = 1,
): GenAiResponse {
  const result: Draft<GenAiResponse> = {}
  for (const event of atMost(FIRST_EVENTS, events.forward())) {
    const chunk = event.json()
    if (chunk === undefined) continue
    result.id ??= asName(chunk.id)
    result.model ??= asName(chunk.model)
    result.serviceTier ??= asName(chunk.service_tier)
    result.systemFingerprint ??= asName(chunk.system_fingerprint)
    if (result.id && result.model) break
  }
  const reasons = new Map<number, string>()
  for (const event of atMost(LAST_EVENTS, events.backward())) {
    if (result.usage && reasons.size > 0) break
    if (event.type === 'error' || OF_INTEREST.some((name) => event.mentions(name)))
      readLastChunk(response, event, result, reasons)
  }
  if (reasons.size < choiceCount || reasons.size <= Math.max(...reasons.keys())) {
    for (const text of ['"finish_reason":"', '"finish_reason": "']) {
      for (const event of events.containing(text)) collectReasons(event.json(), reasons)
    }
  }
  result.toolRequests =
    readExecutedTools(parsed(events.containing('"executed_tools"'))) ?? result.toolRequests
  if (reasons.size > 0)
    result.finishReasons = [...reasons].sort(([a], [b]) => a - b).map(([, reason]) => reason)
  return known<GenAiResponse>(result)
}

function readLastChunk(
  response: ObservedResponse,
  event: StreamEvent,
  result: Draft<GenAiResponse>,
  reasons: Map<number, string>,
): void {
  const chunk = event.json()
  if (chunk === undefined) {
    const usage = event.trailing('usage', 1)
    result.usage ??= readOpenAiUsage(usage, result.model)
    result.declaredCost ??= readDeclaredCost(response, usage)
    const reason = asName(event.trailing('finish_reason', 3))
    if (reason !== undefined && reasons.size === 0) reasons.set(0, reason)
    return
  }
  collectReasons(chunk, reasons)
  const last = readCompletion(response, chunk)
  result.id ??= last.id
  result.model ??= last.model
  result.usage ??= last.usage
  result.furtherUsage ??= last.furtherUsage
  result.declaredCost ??= last.declaredCost
  result.toolRequests ??= last.toolRequests
  // An event of type `error` may lack any mark of one in its data.
  result.error ??= last.error ?? (event.type === 'error' ? readError(response, { error: chunk }) : undefined)
  if (last.usage && last.serviceTier) result.serviceTier = last.serviceTier
}

/** Each choice ends in a chunk of its own; in all others its reason is `null`. */
function collectReasons(chunk: JsonObject | undefined, reasons: Map<number, string>): void {
  for (const [position, choice] of answersOf(chunk ?? {}).entries()) {
    const reason = reasonOf(choice)
    const index = asCount(choice.index) ?? position
    if (reason !== undefined && !reasons.has(index)) reasons.set(index, reason)
  }
}

/**
 * Some state the usage elsewhere, even in a stream whose request didn't want it: Groq in `x_groq`, Moonshot in the last
 * choice, NanoGPT with the cost. Volcengine's bots list that of each model they called.
 */
function usageMemberOf(document: JsonObject): unknown {
  return (
    document.usage ??
    asObject(document.x_groq)?.usage ??
    objectsIn(document.choices)[0]?.usage ??
    objectsIn(asObject(document.bot_usage)?.model_usage)[0] ??
    usageOfPricing(document.x_nanogpt_pricing) ??
    usageOfMetrics(document.metrics ?? asObject(document.event)?.metrics) ??
    usageOfServer(document)
  )
}

/** llama.cpp's, which has a format of its own at `/completions` without `/v1` before it. */
function usageOfServer({ stop, tokens_evaluated, tokens_predicted }: JsonObject): JsonObject | undefined {
  return stop === true ? { prompt_tokens: tokens_evaluated, completion_tokens: tokens_predicted } : undefined
}

function usageOfPricing(value: unknown): JsonObject | undefined {
  const pricing = asObject(value)
  return (
    pricing && {
      prompt_tokens: pricing.inputTokens,
      completion_tokens: pricing.outputTokens,
      cached_tokens: pricing.cacheReadInputTokens,
    }
  )
}

/** `[{ metric: 'num_prompt_tokens', value: 10 }, ...]`, in Llama's own API; without `num_` in Llama Stack. */
function usageOfMetrics(metrics: unknown): JsonObject | undefined {
  if (!Array.isArray(metrics)) return undefined
  return Object.fromEntries(
    objectsIn(metrics).map(({ metric, value }) => [String(metric).replace(/^num_/, ''), value]),
  )
}
