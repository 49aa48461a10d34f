import { Buffer } from 'node:buffer'
import type { ObservedBody } from './types.ts'

/** The same memory with Buffer's native search and decoding. */
export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

/** Where a text begins: after the byte order mark and whitespace. */
export function textStart(bytes: Uint8Array): number {
  let index = bytes[0] === 0xef ? 3 : 0
  while (bytes[index]! <= 0x20) index++
  return index
}

/** The whole body, if nothing of it was dropped: all of it is in `head`, or head and tail meet. */
export function wholeOf(body: ObservedBody): Buffer | undefined {
  if (body.complete) return asBuffer(body.head)
  const overlap = body.head.byteLength + body.tail.byteLength - body.totalBytes
  return overlap < 0 ? undefined : Buffer.concat([body.head, body.tail.subarray(overlap)])
}
