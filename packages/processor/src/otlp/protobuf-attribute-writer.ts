import type { AttributeBlock } from './attribute-block.ts'
import type { Splice } from './splice.ts'
import type { AttributeWriter } from './types.ts'
import { encodeVarint } from './varint.ts'

/** Longer string attributes are not kept encoded. */
const LONGEST_KEPT = 128
const MOST_KEPT = 4096

/** Appends encoded attributes (Span field 9, KeyValue) to a splice's scratch bytes. */
export class ProtobufAttributeWriter implements AttributeWriter {
  readonly #splice: Splice
  /** Encoded attributes with a double, by name: the same few names are written again and again. */
  readonly #keys = new Map<string, Buffer>()
  /** Encoded string attributes, by name and text. */
  readonly #strings = new Map<string, Map<string, Buffer>>()
  #kept = 0
  readonly #blocks = new WeakMap<AttributeBlock, EncodedBlock>()

  constructor(splice: Splice) {
    this.#splice = splice
  }

  string(name: string, value: string): void {
    const kept = this.#strings.get(name)?.get(value)
    this.#append(kept ?? this.#encodeString(name, value))
  }

  #encodeString(name: string, value: string): Buffer {
    const encoded = encodeKeyValue(name, encodeText(value))
    if (value.length > LONGEST_KEPT) return encoded
    if (this.#kept++ >= MOST_KEPT) {
      this.#strings.clear()
      this.#kept = 1
    }
    let values = this.#strings.get(name)
    if (values === undefined) {
      values = new Map()
      this.#strings.set(name, values)
    }
    values.set(value, encoded)
    return encoded
  }

  double(name: string, value: number): void {
    let encoded = this.#keys.get(name)
    if (encoded === undefined) {
      encoded = encodeKeyValue(name, ZERO_DOUBLE)
      this.#keys.set(name, encoded)
    }
    this.#append(encoded)
    this.#splice.scratchView.setFloat64(this.#splice.scratchLength - 8, value, true)
  }

  int(name: string, value: number): void {
    this.#append(encodeKeyValue(name, Buffer.concat([Buffer.from([0x18]), encodeVarint(value)])))
  }

  block(block: AttributeBlock, doubles: ArrayLike<number>): void {
    let encoded = this.#blocks.get(block)
    if (encoded === undefined) {
      encoded = encodeBlock(block)
      this.#blocks.set(block, encoded)
    }
    const splice = this.#splice
    const { bytes, doublesAt } = encoded
    splice.write(bytes)
    const start = splice.scratchLength - bytes.length
    for (let index = 0; index < doublesAt.length; index++)
      splice.scratchView.setFloat64(start + doublesAt[index]!, doubles[index]!, true)
  }

  /** Writes a length prefix. */
  varint(value: number): void {
    this.#splice.reserve(10)
    let rest = value
    while (rest >= 0x80) {
      this.#splice.scratch[this.#splice.scratchLength++] = (rest & 0x7f) | 0x80
      rest = Math.floor(rest / 128)
    }
    this.#splice.scratch[this.#splice.scratchLength++] = rest
  }

  #append(encoded: Buffer): void {
    const splice = this.#splice
    const { length } = encoded
    splice.reserve(length)
    const { scratch, scratchLength } = splice
    // For some forty bytes a loop is faster than a call of `set`.
    for (let index = 0; index < length; index++) scratch[scratchLength + index] = encoded[index]!
    splice.scratchLength += length
  }
}

/** A block's bytes, and the positions of its doubles. */
interface EncodedBlock {
  readonly bytes: Buffer
  readonly doublesAt: readonly number[]
}

function encodeBlock({ attributes }: AttributeBlock): EncodedBlock {
  const parts: Buffer[] = []
  const doublesAt: number[] = []
  let length = 0
  for (const [name, text] of attributes) {
    const encoded = encodeKeyValue(name, text === undefined ? ZERO_DOUBLE : encodeText(text))
    parts.push(encoded)
    length += encoded.length
    if (text === undefined) doublesAt.push(length - 8)
  }
  return { bytes: Buffer.concat(parts), doublesAt }
}

/** AnyValue: 4 double, 1 string. */
const ZERO_DOUBLE = Buffer.from([0x21, 0, 0, 0, 0, 0, 0, 0, 0])

function encodeText(value: string): Buffer {
  const text = Buffer.from(value)
  return Buffer.concat([Buffer.from([0x0a]), encodeVarint(text.length), text])
}

/** Span field 9 with KeyValue { 1 key, 2 value }, tag and length included. */
function encodeKeyValue(name: string, anyValue: Buffer): Buffer {
  const key = Buffer.from(name)
  const keyValue = Buffer.concat([
    Buffer.from([0x0a]),
    encodeVarint(key.length),
    key,
    Buffer.from([0x12]),
    encodeVarint(anyValue.length),
    anyValue,
  ])
  return Buffer.concat([Buffer.from([0x4a]), encodeVarint(keyValue.length), keyValue])
}
