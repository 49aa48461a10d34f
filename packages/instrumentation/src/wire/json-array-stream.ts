import type { Buffer } from 'node:buffer'
import { asBuffer } from './bytes.ts'
import type { EventStream } from './event-stream.ts'
import { endOfValue, skipWhitespace, textOf } from './json-text.ts'
import { eventsContaining, StreamEvent } from './stream-event.ts'
import type { ObservedBody } from './types.ts'

/** A JSON array whose elements arrive one by one (Gemini without `alt=sse`). */
export function readArrayEvents(body: ObservedBody): EventStream {
  const head = asBuffer(body.head)
  return {
    forward: () => elements(head),
    containing: (text) => eventsContaining(elements(head), text),
    backward: () => (body.complete ? [...elements(head)].reverse() : lastElement(body)),
  }
}

function* elements(bytes: Buffer): Generator<StreamEvent> {
  const text = textOf(bytes)
  let index = skipWhitespace(text, text.indexOf('[') + 1)
  while (bytes[index] === 0x7b) {
    const end = endOfValue(text, index)
    if (end === -1) return
    yield new StreamEvent(bytes.subarray(index, end), true)
    index = skipWhitespace(text, end)
    if (bytes[index] !== 0x2c) return
    index = skipWhitespace(text, index + 1)
  }
}

/** The tail may begin inside a string, so only its end can be relied on: the last members of the last element. */
function lastElement(body: ObservedBody): StreamEvent[] {
  if (!body.ended) return []
  const tail = asBuffer(body.tail)
  const close = tail.lastIndexOf(0x5d)
  return close === -1 ? [] : [new StreamEvent(tail.subarray(0, close), false)]
}
