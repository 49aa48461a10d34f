import { Buffer } from 'node:buffer'
import { asBuffer, wholeOf } from './bytes.ts'
import type { EventStream } from './event-stream.ts'
import { StreamEvent } from './stream-event.ts'
import type { ObservedBody } from './types.ts'

const LF = 0x0a
const CR = 0x0d

/**
 * Server-sent events, https://html.spec.whatwg.org/multipage/server-sent-events.html: lines end in LF, CRLF or CR,
 * `:` begins a comment, and the `data:` lines of one event belong together.
 */
export function readServerSentEvents(body: ObservedBody): EventStream {
  return {
    forward: () => forward(asBuffer(body.head), body.complete),
    backward: () => backward(asBuffer(body.complete ? body.head : body.tail), body.complete),
    containing: (text) => containing(body, text),
  }
}

function* forward(bytes: Buffer, complete: boolean): Generator<StreamEvent> {
  const separator = lineSeparator(bytes)
  let data: Buffer[] = []
  let type: string | undefined
  let start = startOf(bytes)
  while (start < bytes.length) {
    let end = bytes.indexOf(separator, start)
    if (end === -1) {
      if (!complete) {
        if (isField(bytes.subarray(start), 'data'))
          yield new StreamEvent(fieldValue(bytes.subarray(start), 5), false, type)
        return
      }
      end = bytes.length
    }
    const line = trimmedLine(bytes, start, end)
    start = end + 1
    if (line.length === 0) {
      yield* eventsOf(data, type)
      data = []
      type = undefined
    } else if (isField(line, 'data')) data.push(fieldValue(line, 5))
    else if (isField(line, 'event')) type = fieldValue(line, 6).toString('utf8')
  }
  if (complete) yield* eventsOf(data, type)
}

function* backward(bytes: Buffer, complete: boolean): Generator<StreamEvent> {
  const separator = lineSeparator(bytes)
  let data: Buffer[] = []
  let type: string | undefined
  const beginning = complete ? startOf(bytes) : 0
  let end = bytes.length
  while (end > beginning) {
    const before = bytes.lastIndexOf(separator, end - 1)
    if (before === -1 && !complete) {
      // The event's beginning is not held: what is there is the end of its data, or of a line before it.
      yield new StreamEvent(Buffer.concat([bytes.subarray(0, end), ...data]), false)
      return
    }
    const line = trimmedLine(bytes, Math.max(before + 1, beginning), end)
    end = before
    if (line.length === 0) {
      yield* eventsOf(data, type).reverse()
      data = []
      type = undefined
    } else if (isField(line, 'data')) data.unshift(fieldValue(line, 5))
    else if (isField(line, 'event')) type = fieldValue(line, 6).toString('utf8')
  }
  yield* eventsOf(data, type).reverse()
}

function* containing(body: ObservedBody, text: string): Generator<StreamEvent> {
  const whole = wholeOf(body)
  if (whole === undefined) yield* matches(asBuffer(body.head), text, false)
  yield* matches(asBuffer(whole ?? body.tail), text, body.ended)
}

/** @param ended whether the last line is whole, though nothing stands behind it. */
function* matches(bytes: Buffer, text: string, ended: boolean): Generator<StreamEvent> {
  const separator = lineSeparator(bytes)
  let found = bytes.indexOf(text)
  while (found !== -1) {
    const next = bytes.indexOf(separator, found)
    if (next === -1 && !ended) return
    const end = next === -1 ? bytes.length : next
    const start = Math.max(bytes.lastIndexOf(separator, found) + 1, startOf(bytes))
    const line = trimmedLine(bytes, start, end)
    if (isField(line, 'data')) yield eventAround(bytes, separator, line, start)
    found = bytes.indexOf(text, end)
  }
}

/** The event that a line of data belongs to: in nearly all cases, that line is all of it. */
function eventAround(bytes: Buffer, separator: number, line: Buffer, start: number): StreamEvent {
  const event = new StreamEvent(fieldValue(line, 5), true)
  if (event.json() !== undefined) return event
  let from = start
  while (from > 0) {
    const before = bytes.lastIndexOf(separator, from - 2) + 1
    if (!isField(bytes.subarray(before, from), 'data')) break
    from = before
  }
  const [whole] = forward(bytes.subarray(from), true)
  return whole ?? event
}

/**
 * The data lines of an event together are one JSON text. If they aren't, the server left out the empty lines between
 * events.
 */
function eventsOf(data: Buffer[], type: string | undefined): StreamEvent[] {
  if (data.length < 2) return data.map((line) => new StreamEvent(line, true, type))
  const event = new StreamEvent(Buffer.from(data.map((line) => line.toString('utf8')).join('\n')), true, type)
  return event.json() === undefined ? data.map((line) => new StreamEvent(line, true, type)) : [event]
}

/** CR alone separates lines only where there is no LF at all: no provider mixes them. */
function lineSeparator(bytes: Buffer): number {
  return bytes.includes(LF) ? LF : CR
}

/** After the byte order mark. */
function startOf(bytes: Buffer): number {
  return bytes[0] === 0xef && bytes[1] === 0xbb ? 3 : 0
}

function trimmedLine(bytes: Buffer, start: number, end: number): Buffer {
  return bytes.subarray(start, bytes[end - 1] === CR ? end - 1 : end)
}

function isField(line: Buffer, name: string): boolean {
  if (line[name.length] !== 0x3a) return false
  for (let index = 0; index < name.length; index++) if (line[index] !== name.charCodeAt(index)) return false
  return true
}

function fieldValue(line: Buffer, start: number): Buffer {
  return line.subarray(line[start] === 0x20 ? start + 1 : start)
}
