import type { PartialSuccess } from '../receivers/types.ts'
import type { OtlpEncoding, Signal } from '../types.ts'

const REJECTED: Readonly<Record<Signal, string>> = {
  traces: 'rejectedSpans',
  metrics: 'rejectedDataPoints',
  logs: 'rejectedLogRecords',
}

/**
 * Reads `partial_success` from an Export*ServiceResponse. An unset or empty one is full success; so is a body that
 * can't be read, because the status already said so.
 *
 * Export*ServiceResponse: 1 partial_success { 1 rejected_* int64, 2 error_message string }
 */
export function decodePartialSuccess(
  body: Uint8Array,
  encoding: OtlpEncoding,
  signal: Signal,
): PartialSuccess | undefined {
  if (body.byteLength === 0) return undefined
  try {
    const partial = encoding === 'json' ? fromJson(body, signal) : fromProtobuf(Buffer.from(body))
    return partial.rejectedItems === 0 && partial.errorMessage === '' ? undefined : partial
  } catch {
    return undefined
  }
}

function fromJson(body: Uint8Array, signal: Signal): PartialSuccess {
  const { partialSuccess = {} } = JSON.parse(Buffer.from(body).toString('utf8')) ?? {}
  return {
    rejectedItems: Number(partialSuccess[REJECTED[signal]] ?? 0),
    errorMessage: String(partialSuccess.errorMessage ?? ''),
  }
}

function fromProtobuf(body: Buffer): PartialSuccess {
  const partial = fields(body).find(([field]) => field === 1)?.[1]
  let rejectedItems = 0
  let errorMessage = ''
  for (const [field, value] of fields(Buffer.isBuffer(partial) ? partial : Buffer.alloc(0))) {
    if (field === 1 && typeof value === 'number') rejectedItems = value
    if (field === 2 && Buffer.isBuffer(value)) errorMessage = value.toString('utf8')
  }
  return { rejectedItems, errorMessage }
}

function fields(message: Buffer): [field: number, value: number | Buffer][] {
  const result: [number, number | Buffer][] = []
  let position = 0
  const varint = (): number => {
    let value = 0
    for (let shift = 0; shift < 70; shift += 7) {
      const byte = message.readUInt8(position++)
      value += (byte & 127) * 2 ** shift
      if (byte < 128) return value
    }
    throw new RangeError('varint too long')
  }
  while (position < message.byteLength) {
    const tag = varint()
    const wireType = tag & 7
    if (wireType === 0) result.push([tag >>> 3, varint()])
    else if (wireType === 2) {
      const length = varint()
      result.push([tag >>> 3, message.subarray(position, position + length)])
      position += length
    } else position += wireType === 1 ? 8 : 4
  }
  return result
}
