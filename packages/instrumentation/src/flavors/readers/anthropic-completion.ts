import type { EventStream } from '../../wire/event-stream.ts'
import { asName, asNames, type JsonObject } from '../../wire/json.ts'
import { atMost } from '../../wire/stream-event.ts'
import type { ObservedResponse } from '../../wire/types.ts'
import type { GenAiResponse } from '../types.ts'
import { isFailure, readError, readFailure } from './errors.ts'
import { known } from './known.ts'

/** After the last `completion` event come at most pings. */
const LAST_EVENTS = 4

export function readClaudeCompletion(
  response: ObservedResponse,
  document: JsonObject | undefined,
): GenAiResponse {
  if (isFailure(response, document)) return readFailure(response, document)
  return known<GenAiResponse>({
    id: asName(document.id),
    model: asName(document.model),
    finishReasons: asNames(document.stop_reason),
    error: readError(response, document),
  })
}

/** Each event repeats id and model; the last one names the reason. */
export function readClaudeCompletionStream(response: ObservedResponse, events: EventStream): GenAiResponse {
  let result: GenAiResponse = {}
  for (const event of atMost(LAST_EVENTS, events.backward())) {
    if (result.model !== undefined) break
    result = { ...readClaudeCompletion(response, event.json() ?? {}), ...result }
  }
  return result
}
