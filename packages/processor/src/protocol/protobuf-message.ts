import { ProtobufReader, WireType } from '../otlp/protobuf-reader.ts'

/** A field of a protobuf message, read without a schema. */
export interface ProtobufField {
  readonly number: number
  /** Tag, length and content as they stand in the message. */
  readonly whole: Buffer
  /** The content of a length-delimited field; empty for other fields. */
  readonly content: Buffer
  /** The value of a varint field, as int64; 0 for other fields. Exact up to 2^53. */
  readonly value: number
}

const EMPTY = Buffer.alloc(0)
const reader = new ProtobufReader()

/**
 * The fields of a small message, in order. Not for the hot path, which has readers of its own.
 *
 * @throws InvalidTracesError if the bytes are not a message.
 */
export function readFields(message: Buffer): ProtobufField[] {
  const fields: ProtobufField[] = []
  const end = message.length
  reader.begin(message)
  while (reader.position < end) {
    const start = reader.position
    const tag = reader.tag(end)
    let content: Buffer = EMPTY
    let value = 0
    if ((tag & 7) === WireType.varint) value = Number(reader.int64(end))
    else if ((tag & 7) === WireType.length) {
      const contentEnd = reader.fieldEnd(end)
      content = message.subarray(reader.position, contentEnd)
      reader.position = contentEnd
    } else reader.skip(tag, end)
    fields.push({ number: tag >>> 3, whole: message.subarray(start, reader.position), content, value })
  }
  return fields
}
