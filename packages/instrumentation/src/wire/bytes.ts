import { Buffer } from 'node:buffer'
import type { ObservedBody } from './types.ts'

/** The same memory with Buffer's native search and decoding. */
export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

/** All bytes of a body of which none was let go: where it isn't all head, head and tail may still meet. */
export function wholeOf(body: ObservedBody): Buffer | undefined {
  if (body.complete) return asBuffer(body.head)
  const overlap = body.head.byteLength + body.tail.byteLength - body.totalBytes
  return overlap < 0 ? undefined : Buffer.concat([body.head, body.tail.subarray(overlap)])
}

const QUOTE = 0x22
const BACKSLASH = 0x5c

/** Beyond this many bytes a native search for the closing quote beats looking at each byte. */
const SHORT_STRING = 32

/**
 * @returns the index after the closing quote of the JSON string that opens at `start`, or -1 where it doesn't end.
 */
export function endOfString(bytes: Buffer, start: number, end: number): number {
  const near = Math.min(end, start + SHORT_STRING)
  let index = start + 1
  while (index < near) {
    const byte = bytes[index]
    if (byte === QUOTE) return index + 1
    index += byte === BACKSLASH ? 2 : 1
  }
  while (index < end) {
    const quote = bytes.indexOf(QUOTE, index)
    if (quote === -1 || quote >= end) return -1
    if (!isEscaped(bytes, quote, index)) return quote + 1
    index = quote + 1
  }
  return -1
}

/** Whether an odd number of backslashes stands before `index`, none of them before `from`. */
export function isEscaped(bytes: Buffer, index: number, from: number): boolean {
  let start = index
  while (start > from && bytes[start - 1] === BACKSLASH) start--
  return (index - start) % 2 === 1
}

/** @returns the first index from `start` that holds no JSON whitespace. */
export function skipWhitespace(bytes: Buffer, start: number, end: number): number {
  let index = start
  while (index < end && bytes[index]! <= 0x20) index++
  return index
}

/**
 * @returns the index after the JSON value that begins at `start`, or -1 where it isn't all there.
 * Brackets are counted, not matched: the text is parsed before anything is believed.
 */
export function endOfValue(bytes: Buffer, start: number, end: number): number {
  let depth = 0
  let index = start
  while (index < end) {
    const byte = bytes[index]!
    if (byte === QUOTE) {
      index = endOfString(bytes, index, end)
      if (index === -1 || depth === 0) return index
      continue
    }
    if (byte === 0x7b || byte === 0x5b) depth++
    else if (byte === 0x7d || byte === 0x5d) {
      depth--
      if (depth <= 0) return depth === 0 ? index + 1 : index
    } else if (depth === 0 && (byte === 0x2c || byte <= 0x20)) return index
    index++
  }
  return -1
}
