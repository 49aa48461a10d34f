import { openEventStream } from '../../wire/event-stream.ts'
import type { JsonObject } from '../../wire/json.ts'
import { readDocument } from '../../wire/json-document.ts'
import { atMost, parsed } from '../../wire/stream-event.ts'
import type { ObservedResponse } from '../../wire/types.ts'

/** Behind the last event that says anything stands at most a `[DONE]`. */
const LAST_EVENTS = 2

/**
 * The JSON object that an answer is; of a stream, the last event, where that has all that matters.
 *
 * @param trailing as of {@link readDocument}.
 */
export function readLatestDocument(
  response: ObservedResponse,
  trailing: readonly string[],
): JsonObject | undefined {
  const events = openEventStream(response)
  if (events === undefined) return readDocument(response.body, trailing)
  const [last] = parsed(atMost(LAST_EVENTS, events.backward()))
  return last
}
