import type { EventStream } from '../../wire/event-stream.ts'
import { asCount, asName, type JsonObject, objectsIn } from '../../wire/json.ts'
import type { StreamEvent } from '../../wire/stream-event.ts'
import type { ObservedResponse } from '../../wire/types.ts'
import type { GenAiResponse } from '../types.ts'
import { isFailure, readError, readFailure } from './errors.ts'
import { type Draft, known } from './known.ts'
import { readDeclaredCost, readOpenAiUsage } from './openai-usage.ts'

/** Model and id stand in the first events, but seldom in the very first. */
const FIRST_EVENTS = 4

/** Usage and finish reason stand in the last events: behind them come filter results, pings and `[DONE]`. */
const LAST_EVENTS = 16

/** Finish reasons of all choices, in the order of the choices, verbatim. */
export function finishReasonsOf(choices: unknown): string[] | undefined {
  const reasons = objectsIn(choices)
    .map((choice) => asName(choice.finish_reason))
    .filter((reason) => reason !== undefined)
  return reasons.length > 0 ? reasons : undefined
}

/** What a chat or text completion says besides its content; also of one chunk of a streamed one. */
export function readCompletion(response: ObservedResponse, document: JsonObject | undefined): GenAiResponse {
  if (isFailure(response, document)) return readFailure(response, document)
  const model = asName(document.model)
  const usage = usageMemberOf(document)
  return known<GenAiResponse>({
    id: asName(document.id),
    model,
    finishReasons: finishReasonsOf(document.choices),
    usage: readOpenAiUsage(usage, model),
    declaredCost: readDeclaredCost(usage),
    serviceTier: asName(document.service_tier) ?? asName((usage as JsonObject | undefined)?.service_tier),
    systemFingerprint: asName(document.system_fingerprint),
    error: readError(response, document),
  })
}

/** The chunks of a streamed completion. */
export function readCompletionStream(
  response: ObservedResponse,
  events: EventStream,
  choiceCount: number,
): GenAiResponse {
  const result: Draft<GenAiResponse> = {}
  let seen = 0
  for (const event of events.forward()) {
    if (++seen > FIRST_EVENTS) break
    const chunk = event.json()
    if (chunk === undefined) continue
    result.id ??= asName(chunk.id)
    result.model ??= asName(chunk.model)
    result.serviceTier ??= asName(chunk.service_tier)
    result.systemFingerprint ??= asName(chunk.system_fingerprint)
    if (result.id && result.model) break
  }
  readLastChunks(response, events, choiceCount, result)
  return known<GenAiResponse>(result)
}

function readLastChunks(
  response: ObservedResponse,
  events: EventStream,
  choiceCount: number,
  result: Draft<GenAiResponse>,
): void {
  const reasons = new Map<number, string>()
  const limit = choiceCount > 1 ? Number.POSITIVE_INFINITY : LAST_EVENTS
  let seen = 0
  for (const event of events.backward()) {
    if (++seen > limit || (result.usage && reasons.size >= choiceCount)) break
    if (!isOfInterest(event, result, reasons.size < choiceCount)) continue
    const chunk = event.json()
    if (chunk === undefined) {
      result.usage ??= readOpenAiUsage(event.trailing('usage', 1), result.model)
      continue
    }
    for (const [position, choice] of objectsIn(chunk.choices).entries()) {
      const reason = asName(choice.finish_reason)
      const index = asCount(choice.index) ?? position
      if (reason !== undefined && !reasons.has(index)) reasons.set(index, reason)
    }
    const last = readCompletion(response, chunk)
    result.usage ??= last.usage
    result.declaredCost ??= last.declaredCost
    result.error ??= last.error
    result.id ??= last.id
    result.model ??= last.model
    if (last.usage && last.serviceTier) result.serviceTier = last.serviceTier
  }
  if (reasons.size > 0)
    result.finishReasons = [...reasons].sort(([a], [b]) => a - b).map(([, reason]) => reason)
}

function isOfInterest(event: StreamEvent, result: Draft<GenAiResponse>, reasonsWanted: boolean): boolean {
  return (
    (result.usage === undefined && event.mentions('usage')) ||
    (reasonsWanted && event.mentions('finish_reason')) ||
    event.mentions('error')
  )
}

/** Groq repeats the usage of a stream in `x_groq`, where it stands even if nobody asked for it. */
function usageMemberOf(document: JsonObject): unknown {
  return document.usage ?? (document.x_groq as JsonObject | undefined)?.usage
}
