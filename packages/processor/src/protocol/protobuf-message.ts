/** One field of a protobuf message, found without a schema. */
export interface ProtobufField {
  readonly number: number
  /** Tag, length and content as they stand in the message. */
  readonly whole: Buffer
  /** Of a length-delimited field; empty for the others. */
  readonly content: Buffer
  /** Of a varint field; 0 for the others. Exact up to 2^53. */
  readonly value: number
}

/**
 * The fields of a small message, in order. The hot path has readers of its own.
 *
 * @throws RangeError if the bytes are not a message.
 */
export function readFields(message: Buffer): ProtobufField[] {
  const fields: ProtobufField[] = []
  let position = 0
  const readVarint = (): number => {
    let value = 0
    for (let scale = 1; scale <= 2 ** 63; scale *= 128) {
      const byte = message.readUInt8(position++)
      value += (byte & 127) * scale
      if (byte < 128) return value
    }
    throw new RangeError('varint is longer than ten bytes')
  }
  while (position < message.byteLength) {
    const start = position
    const tag = readVarint()
    const wireType = tag & 7
    const value = wireType === 0 ? readVarint() : 0
    const length = contentLength(wireType, readVarint)
    const end = position + length
    if (end > message.byteLength) throw new RangeError('field is cut short')
    fields.push({
      number: Math.floor(tag / 8),
      whole: message.subarray(start, end),
      content: wireType === 2 ? message.subarray(position, end) : message.subarray(0, 0),
      value,
    })
    position = end
  }
  return fields
}

function contentLength(wireType: number, readVarint: () => number): number {
  if (wireType === 0) return 0
  if (wireType === 1) return 8
  if (wireType === 2) return readVarint()
  if (wireType === 5) return 4
  throw new RangeError(`wire type ${wireType} is not in use`)
}
