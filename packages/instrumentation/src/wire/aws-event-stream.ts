import { Buffer } from 'node:buffer'
import { crc32 } from 'node:zlib'
import { asBuffer } from './bytes.ts'
import type { EventStream } from './event-stream.ts'
import { eventsContaining, StreamEvent } from './stream-event.ts'
import type { ObservedBody, ObservedResponse } from './types.ts'

export const PRELUDE_BYTES = 12
export const CHECKSUM_BYTES = 4
/** No frame is longer. Text that is mistaken for a length gives a far larger number. */
const MAX_FRAME_BYTES = 24 * 1024 * 1024
const STRING_HEADER = 7

const TYPES = [':event-type', ':exception-type', ':error-code']

/**
 * `application/vnd.amazon.eventstream`: frames of total length, headers length, checksum of these two, headers, payload,
 * checksum. An event's type is its `:event-type` header, or `:exception-type` for an error inside the stream, or `:error-code` for
 * one that the API doesn't describe: https://smithy.io/2.0/aws/amazon-eventstream.html
 */
export function readAwsEvents(body: ObservedBody): EventStream {
  const head = asBuffer(body.head)
  return {
    forward: () => frames(head, 0),
    containing: (text) => eventsContaining(frames(head, 0), text),
    backward: () => {
      if (body.complete) return [...frames(head, 0)].reverse()
      const tail = asBuffer(body.tail)
      return [...frames(tail, firstFrame(tail))].reverse()
    },
  }
}

/** Recognised by the first frame if a proxy, or whoever recorded the response, has dropped its content type. */
export function isAwsStream(response: ObservedResponse): boolean {
  if (response.header('content-type')?.includes('vnd.amazon.eventstream') === true) return true
  const head = asBuffer(response.body.head)
  return head.length >= PRELUDE_BYTES && head.readUInt32BE(0) <= MAX_FRAME_BYTES && hasPrelude(head, 0)
}

/** The payloads joined into one body: SageMaker cuts a model's own stream into frames at any point. */
export function unframed(body: ObservedBody): ObservedBody {
  const joined = (bytes: Buffer, start: number): Buffer =>
    Buffer.concat([...payloads(bytes, start)].map(({ payload }) => payload))
  const head = joined(asBuffer(body.head), 0)
  const tail = asBuffer(body.tail)
  return { ...body, head, tail: body.complete ? head : joined(tail, firstFrame(tail)) }
}

function* frames(bytes: Buffer, start: number): Generator<StreamEvent> {
  for (const { type, payload } of payloads(bytes, start)) yield new StreamEvent(payload, true, type)
}

function* payloads(bytes: Buffer, start: number): Generator<{ type: string | undefined; payload: Buffer }> {
  let index = start
  while (index + PRELUDE_BYTES <= bytes.length) {
    const total = bytes.readUInt32BE(index)
    const headersEnd = index + PRELUDE_BYTES + bytes.readUInt32BE(index + 4)
    const payloadEnd = index + total - CHECKSUM_BYTES
    if (headersEnd > payloadEnd || payloadEnd + CHECKSUM_BYTES > bytes.length) return
    const type = eventType(bytes, index + PRELUDE_BYTES, headersEnd)
    yield { type, payload: bytes.subarray(headersEnd, payloadEnd) }
    index += total
  }
}

/** A tail may begin inside a frame: the next one begins where a prelude's checksum is right. */
function firstFrame(bytes: Buffer): number {
  for (let index = 0; index + PRELUDE_BYTES <= bytes.length; index++) {
    if (bytes.readUInt32BE(index) <= bytes.length - index && hasPrelude(bytes, index)) return index
  }
  return bytes.length
}

function hasPrelude(bytes: Buffer, index: number): boolean {
  return crc32(bytes.subarray(index, index + 8)) === bytes.readUInt32BE(index + 8)
}

/** Headers are: length and name, value type, and for strings (the only type in use here) length and value. */
function eventType(bytes: Buffer, start: number, end: number): string | undefined {
  let index = start
  while (index < end) {
    const nameEnd = index + 1 + bytes[index]!
    if (nameEnd + 3 > end || bytes[nameEnd] !== STRING_HEADER) return undefined
    const name = bytes.toString('latin1', index + 1, nameEnd)
    const valueEnd = nameEnd + 3 + bytes.readUInt16BE(nameEnd + 1)
    if (TYPES.includes(name)) {
      return bytes.toString('utf8', nameEnd + 3, Math.min(valueEnd, end))
    }
    index = valueEnd
  }
  return undefined
}
