import type { EventStream } from '../../wire/event-stream.ts'
import { asName, type JsonObject } from '../../wire/json.ts'
import type { ObservedResponse } from '../../wire/types.ts'
import type { GenAiResponse } from '../types.ts'
import { isFailure, readError, readFailure } from './errors.ts'
import { known } from './known.ts'

/** Behind the last `completion` event stand at most pings. */
const LAST_EVENTS = 4

export function readClaudeCompletion(
  response: ObservedResponse,
  document: JsonObject | undefined,
): GenAiResponse {
  if (isFailure(response, document)) return readFailure(response, document)
  const finishReason = asName(document.stop_reason)
  return known<GenAiResponse>({
    id: asName(document.id),
    model: asName(document.model),
    finishReasons: finishReason === undefined ? undefined : [finishReason],
    error: readError(response, document),
  })
}

/** Each event repeats id and model; the last one names the reason. */
export function readClaudeCompletionStream(response: ObservedResponse, events: EventStream): GenAiResponse {
  let result: GenAiResponse = {}
  let seen = 0
  for (const event of events.backward()) {
    if (++seen > LAST_EVENTS || result.model !== undefined) break
    result = { ...readClaudeCompletion(response, event.json() ?? {}), ...result }
  }
  return result
}
