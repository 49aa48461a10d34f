import { asBuffer } from './as-buffer.ts'
import { InvalidTracesError } from './errors.ts'
import { wireTypeOf } from './protobuf-to-json.ts'
import { ReverseWriter } from './reverse-writer.ts'
import type { Field, MessageType, ScalarType } from './schema/types.ts'

const DEEPEST = 128

/**
 * Turns OTLP's JSON into a protobuf message. It is lenient, as the mapping asks: integers may be numbers or strings, null stands
 * for an absent member, and unknown members are ignored. An enumeration's value may be named, as the Collector has it.
 *
 * @throws InvalidTracesError on JSON that can't be written as this message.
 */
export function jsonToProtobuf(bytes: Uint8Array, type: MessageType): Buffer {
  const writer = new ReverseWriter(bytes.length)
  writeMessage(writer, parse(asBuffer(bytes).toString()), type, 0)
  return writer.finish()
}

function parse(text: string): unknown {
  try {
    // As numbers, integers beyond 2^53 would lose digits. If there may be one, its text is kept instead.
    return /[^"\d]\d{16}/.test(text) ? JSON.parse(text, keepLongIntegers) : JSON.parse(text)
  } catch (cause) {
    throw new InvalidTracesError('malformed JSON', { cause })
  }
}

function keepLongIntegers(_name: string, value: unknown, context?: { source?: string }): unknown {
  const isLong =
    typeof value === 'number' && !Number.isSafeInteger(value) && /^-?\d+$/.test(context?.source ?? '')
  return isLong ? context?.source : value
}

function writeMessage(writer: ReverseWriter, json: unknown, type: MessageType, depth: number): void {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) fail('an object expected')
  if (depth > DEEPEST) fail('nested too deep')
  const members = Object.entries(json)
  for (let index = members.length - 1; index >= 0; index--) {
    const [name, value] = members[index]!
    const field = type.byName.get(name)
    if (field === undefined || value === null) continue
    if (!field.repeated) writeField(writer, field, value, depth)
    else if (!Array.isArray(value)) fail(`a list expected in ${name}`)
    else if (typeof field.type === 'string' && wireTypeOf(field.type) !== 2)
      writePacked(writer, field, field.type, value)
    else for (let item = value.length - 1; item >= 0; item--) writeField(writer, field, value[item], depth)
  }
}

function writeField(writer: ReverseWriter, field: Field, value: unknown, depth: number): void {
  if (typeof field.type === 'object') {
    const end = writer.mark()
    writeMessage(writer, value ?? {}, field.type, depth + 1)
    writer.length(end)
    writer.varint((field.number << 3) | 2)
    return
  }
  if (!field.explicit && !field.repeated && isDefault(value)) return
  const named = field.names?.indexOf(value as string) ?? -1
  writeScalar(writer, field.type, named === -1 ? value : named, field.name)
  writer.varint((field.number << 3) | wireTypeOf(field.type))
}

function writePacked(
  writer: ReverseWriter,
  field: Field,
  type: ScalarType,
  values: readonly unknown[],
): void {
  if (values.length === 0) return
  const end = writer.mark()
  for (let index = values.length - 1; index >= 0; index--)
    writeScalar(writer, type, values[index], field.name)
  writer.length(end)
  writer.varint((field.number << 3) | 2)
}

function isDefault(value: unknown): boolean {
  return value === '' || Object.is(value, 0) || value === '0' || value === false
}

function writeScalar(writer: ReverseWriter, type: ScalarType, value: unknown, name: string): void {
  switch (type) {
    case 'string':
      writer.bytes(Buffer.from(expectString(value, name)))
      break
    case 'bytes':
      writer.bytes(Buffer.from(expectString(value, name), 'base64'))
      break
    case 'id':
      writer.bytes(readHex(expectString(value, name), name))
      break
    case 'bool':
      if (typeof value !== 'boolean') fail(`true or false expected in ${name}`)
      writer.varint(value ? 1 : 0)
      break
    case 'double':
      writer.double(readDouble(value, name))
      break
    case 'fixed32':
      writer.fixed32(Number(BigInt.asUintN(32, readInteger(value, name))))
      break
    case 'fixed64':
    case 'sfixed64':
      writer.fixed64(BigInt.asUintN(64, readInteger(value, name)))
      break
    case 'sint32': {
      const number = Number(readInteger(value, name))
      writer.varint(((number << 1) ^ (number >> 31)) >>> 0)
      break
    }
    default:
      writer.int64(readInteger(value, name))
  }
}

function expectString(value: unknown, name: string): string {
  if (typeof value !== 'string') fail(`a string expected in ${name}`)
  return value
}

function readHex(text: string, name: string): Buffer {
  const digits = name === 'traceId' ? 32 : 16
  if ((text.length !== digits && text !== '') || /[^0-9a-f]/i.test(text)) {
    fail(`${digits} hex digits expected in ${name}`)
  }
  return Buffer.from(text, 'hex')
}

function readInteger(value: unknown, name: string): bigint {
  if (typeof value === 'number' && Number.isInteger(value)) return BigInt(value)
  if (typeof value === 'string' && /^-?\d{1,20}$/.test(value)) return BigInt(value)
  const number =
    typeof value === 'string' && /^-?\d+(\.0*)?(e\+?\d{1,2})?$/i.test(value) ? Number(value) : Number.NaN
  return Number.isInteger(number) ? BigInt(number) : fail(`an integer expected in ${name}`)
}

function readDouble(value: unknown, name: string): number {
  if (typeof value === 'number') return value
  if (value === 'NaN') return Number.NaN
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN
  return Number.isNaN(number) ? fail(`a number expected in ${name}`) : number
}

function fail(problem: string): never {
  throw new InvalidTracesError(problem)
}
