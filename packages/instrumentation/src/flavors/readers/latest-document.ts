import { openEventStream } from '../../wire/event-stream.ts'
import type { JsonObject } from '../../wire/json.ts'
import { readDocument } from '../../wire/json-document.ts'
import { atMost, parsed } from '../../wire/stream-event.ts'
import type { ObservedResponse } from '../../wire/types.ts'

/** After the last event with data comes at most a `[DONE]`. */
const LAST_EVENTS = 2

/**
 * The JSON object that an answer is or, for APIs whose last event has all that matters, the last event of a stream.
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
