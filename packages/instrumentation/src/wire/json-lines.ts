import { Buffer } from 'node:buffer'
import { asBuffer } from './bytes.ts'
import type { EventStream } from './event-stream.ts'
import { eventsContaining, StreamEvent } from './stream-event.ts'
import type { ObservedBody } from './types.ts'

const LF = 0x0a

/** Where the next object begins; an object may extend over several lines. */
const NEXT = Buffer.from('\n{')

/**
 * One JSON object a line (Ollama, Cohere v1).
 *
 * @returns `undefined` where the body is a single JSON object, on one line or on many.
 */
export function readLineEvents(body: ObservedBody): EventStream | undefined {
  const head = asBuffer(body.head)
  const firstEnd = head.indexOf(LF)
  // A cheap check first: parsing the first of an object's many lines would cost an exception.
  if (firstEnd === -1 || !endsWithBrace(head, firstEnd)) return undefined
  if (new StreamEvent(head.subarray(0, firstEnd), true).json() === undefined) return undefined
  if (body.complete && head.toString('latin1', firstEnd).trim() === '') return undefined
  return {
    forward: () => forward(head, body.complete),
    containing: (text) => eventsContaining(forward(head, body.complete), text),
    backward: () => backward(asBuffer(body.complete ? head : body.tail), body.complete),
  }
}

function* forward(bytes: Buffer, complete: boolean): Generator<StreamEvent> {
  for (let start = 0; start < bytes.length; ) {
    const found = bytes.indexOf(NEXT, start)
    if (found === -1 && !complete) return
    const end = found === -1 ? bytes.length : found
    if (end > start) yield new StreamEvent(bytes.subarray(start, end), true)
    start = end + 1
  }
}

function* backward(bytes: Buffer, complete: boolean): Generator<StreamEvent> {
  for (let end = bytes.length; end > 0; ) {
    const before = bytes.lastIndexOf(NEXT, end - 1)
    if (end > before + 1) yield new StreamEvent(bytes.subarray(before + 1, end), before !== -1 || complete)
    end = before
  }
}

function endsWithBrace(bytes: Buffer, end: number): boolean {
  let last = end - 1
  while (last >= 0 && bytes[last]! <= 0x20) last--
  return bytes[last] === 0x7d
}
