import type { OtlpEncoding } from '../types.ts'
import type { PartialSuccess } from './types.ts'

const EMPTY = Buffer.alloc(0)
const EMPTY_JSON = Buffer.from('{}')

/**
 * `Export*ServiceResponse`, the same shape for every signal. On full success `partial_success` stays unset, as the
 * specification demands; an empty one would say something else.
 *
 * ExportTraceServiceResponse: 1 partial_success { 1 rejected_spans int64, 2 error_message string }
 */
export function encodeSuccess(encoding: OtlpEncoding, partial: PartialSuccess | undefined): Buffer {
  if (partial === undefined) return encoding === 'json' ? EMPTY_JSON : EMPTY
  return encoding === 'json' ? encodeJson(partial) : encodeProtobuf(partial)
}

function encodeJson({ rejectedItems, errorMessage }: PartialSuccess): Buffer {
  return Buffer.from(
    JSON.stringify({ partialSuccess: { rejectedSpans: String(rejectedItems), errorMessage } }),
  )
}

function encodeProtobuf({ rejectedItems, errorMessage }: PartialSuccess): Buffer {
  const message = Buffer.from(errorMessage)
  const inner = Buffer.concat([
    Buffer.from([8, ...varint(rejectedItems), 18, ...varint(message.byteLength)]),
    message,
  ])
  return Buffer.concat([Buffer.from([10, ...varint(inner.byteLength)]), inner])
}

function varint(value: number): number[] {
  return value > 127 ? [(value & 127) | 128, ...varint(Math.floor(value / 128))] : [value]
}
