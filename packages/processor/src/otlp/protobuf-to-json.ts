import { asBuffer } from './as-buffer.ts'
import { InvalidTracesError } from './errors.ts'
import { ProtobufReader, WireType } from './protobuf-reader.ts'
import type { Field, MessageType, ScalarType } from './schema/types.ts'

const DEEPEST = 128

/**
 * Turns a message into OTLP's JSON. Nothing is rounded: 64-bit integers are decimal strings, NaN and infinities are strings,
 * bytes base64 and ids hex. Unknown fields, for which JSON has no place, are left out.
 */
export function protobufToJson(bytes: Uint8Array, type: MessageType): string {
  reader.begin(asBuffer(bytes))
  return JSON.stringify(readMessage(reader.bytes.length, type, {}, 0))
}

const reader = new ProtobufReader()

type JsonObject = Record<string, unknown>

/** Reads into `object`, so that a message split over several fields is merged. */
function readMessage(end: number, type: MessageType, object: JsonObject, depth: number): JsonObject {
  if (depth > DEEPEST) throw new InvalidTracesError('nested too deep')
  while (reader.position < end) {
    const tag = reader.tag(end)
    const field = type.byNumber.get(tag >>> 3)
    const wireType = tag & 7
    if (field === undefined) reader.skip(tag, end)
    else if (typeof field.type === 'object' && wireType === WireType.length) {
      const fieldEnd = reader.fieldEnd(end)
      const before = field.repeated ? undefined : (object[field.name] as JsonObject | undefined)
      if (field.oneof && before === undefined) clearOneof(object, type)
      put(object, field, readMessage(fieldEnd, field.type, before ?? {}, depth + 1))
    } else if (typeof field.type === 'string' && wireType === wireTypeOf(field.type)) {
      if (field.oneof) clearOneof(object, type)
      put(object, field, readScalar(end, field.type))
    } else if (typeof field.type === 'string' && field.repeated && wireType === WireType.length) {
      const fieldEnd = reader.fieldEnd(end)
      while (reader.position < fieldEnd) put(object, field, readScalar(fieldEnd, field.type))
    } else reader.skip(tag, end)
  }
  return object
}

function clearOneof(object: JsonObject, type: MessageType): void {
  for (const name in object) if (type.byName.get(name)?.oneof) delete object[name]
}

function put(object: JsonObject, field: Field, value: unknown): void {
  if (!field.repeated) object[field.name] = value
  else if (Array.isArray(object[field.name])) (object[field.name] as unknown[]).push(value)
  else object[field.name] = [value]
}

export function wireTypeOf(type: ScalarType): number {
  switch (type) {
    case 'string':
    case 'bytes':
    case 'id':
      return WireType.length
    case 'fixed64':
    case 'sfixed64':
    case 'double':
      return WireType.fixed64
    case 'fixed32':
      return WireType.fixed32
    default:
      return WireType.varint
  }
}

function readScalar(end: number, type: ScalarType): unknown {
  switch (type) {
    case 'string':
    case 'bytes':
    case 'id': {
      const fieldEnd = reader.fieldEnd(end)
      const text = reader.bytes.toString(stringEncodings[type], reader.position, fieldEnd)
      reader.position = fieldEnd
      return text
    }
    case 'bool':
      return reader.int64(end) !== 0
    case 'int32':
      return Number(BigInt.asIntN(32, BigInt(reader.int64(end))))
    case 'uint32':
      return Number(BigInt.asUintN(32, BigInt(reader.int64(end))))
    case 'sint32': {
      const value = Number(BigInt.asUintN(32, BigInt(reader.int64(end))))
      return (value >>> 1) ^ -(value & 1)
    }
    case 'int64':
      return String(reader.int64(end))
    case 'uint64':
      return String(BigInt.asUintN(64, BigInt(reader.int64(end))))
    default:
      return readFixed(end, type)
  }
}

const stringEncodings = { string: 'utf8', bytes: 'base64', id: 'hex' } as const

function readFixed(end: number, type: 'fixed32' | 'fixed64' | 'sfixed64' | 'double'): unknown {
  const { bytes, position } = reader
  reader.skip(wireTypeOf(type), end)
  if (type === 'fixed32') return bytes.readUInt32LE(position)
  if (type === 'fixed64') return String(bytes.readBigUInt64LE(position))
  if (type === 'sfixed64') return String(bytes.readBigInt64LE(position))
  const value = bytes.readDoubleLE(position)
  // `JSON.stringify` prints -0 as 0, and NaN and infinities as null.
  return Number.isFinite(value) && !Object.is(value, -0) ? value : Object.is(value, -0) ? '-0' : String(value)
}
