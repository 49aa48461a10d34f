import type { Buffer } from 'node:buffer'
import { type JsonObject, parseObject } from './json.ts'
import { leadingMember, trailingMember } from './json-members.ts'

/** One event of a streamed body, parsed only when asked. */
export class StreamEvent {
  /** The event's type, where the framing itself names it (AWS event streams, SSE's `event:`). */
  readonly type: string | undefined
  readonly #data: Buffer
  readonly #whole: boolean
  #parsed: JsonObject | undefined | null = null

  /** @param whole false where only the beginning or the end of the event's data is held. */
  constructor(data: Buffer, whole: boolean, type?: string) {
    this.#data = data
    this.#whole = whole
    this.type = type
  }

  /** A cheap look, before parsing, at whether the event's data can hold a member of that name. */
  mentions(name: string): boolean {
    return this.contains(`"${name}"`)
  }

  contains(text: string): boolean {
    return this.#data.includes(text)
  }

  /** The event's data; `undefined` where it isn't a JSON object or isn't all there. */
  json(): JsonObject | undefined {
    if (this.#parsed === null)
      this.#parsed = this.#whole ? parseObject(this.#data.toString('utf8')) : undefined
    return this.#parsed
  }

  /** A member `depth` objects deep, found from the beginning of data too large to be held whole. */
  leading(name: string, depth: number): unknown {
    return this.#whole ? undefined : leadingMember(this.#data, name, depth)
  }

  /** A member `depth` objects deep, found from the end of data too large to be held whole. */
  trailing(name: string, depth: number): unknown {
    return this.#whole ? undefined : trailingMember(this.#data, name, depth)
  }
}

/** The events that contain the text. */
export function* eventsContaining(events: Iterable<StreamEvent>, text: string): Generator<StreamEvent> {
  for (const event of events) if (event.contains(text)) yield event
}

/** The first `limit` events. */
export function* atMost(limit: number, events: Iterable<StreamEvent>): Generator<StreamEvent> {
  let given = 0
  for (const event of events) {
    if (given++ === limit) return
    yield event
  }
}

/** The data of those events that are held whole. */
export function* parsed(events: Iterable<StreamEvent>): Generator<JsonObject> {
  for (const event of events) {
    const document = event.json()
    if (document !== undefined) yield document
  }
}
