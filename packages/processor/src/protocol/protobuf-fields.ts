import { encodeVarint } from '../otlp/varint.ts'

// Protobuf fields as buffers to be joined: once a minute, so clear rather than fast.
// https://protobuf.dev/programming-guides/encoding/

export function messageField(field: number, ...content: Uint8Array[]): Buffer {
  return lengthDelimited(field, Buffer.concat(content))
}

export function stringField(field: number, value: string): Buffer {
  return lengthDelimited(field, Buffer.from(value))
}

/** Bytes given as hex digits: trace and span ids. */
export function hexField(field: number, hex: string): Buffer {
  return lengthDelimited(field, Buffer.from(hex, 'hex'))
}

export function varintField(field: number, value: number): Buffer {
  return Buffer.concat([encodeVarint(field << 3), encodeVarint(value)])
}

export function sint32Field(field: number, value: number): Buffer {
  return varintField(field, value >= 0 ? value * 2 : -value * 2 - 1)
}

export function packedVarintsField(field: number, values: readonly number[]): Buffer {
  return lengthDelimited(field, Buffer.concat(values.map(encodeVarint)))
}

export function fixed64Field(field: number, value: bigint): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64LE(value)
  return Buffer.concat([encodeVarint((field << 3) | 1), bytes])
}

export function doubleField(field: number, value: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeDoubleLE(value)
  return Buffer.concat([encodeVarint((field << 3) | 1), bytes])
}

function lengthDelimited(field: number, content: Uint8Array): Buffer {
  return Buffer.concat([encodeVarint((field << 3) | 2), encodeVarint(content.length), content])
}
