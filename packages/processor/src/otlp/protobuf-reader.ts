import { InvalidTracesError } from './errors.ts'
import { TextCache } from './text-cache.ts'
import type { AttributeValue } from './types.ts'
import { viewOf } from './view-of.ts'

/** https://protobuf.dev/programming-guides/encoding/#structure */
export const WireType = { varint: 0, fixed64: 1, length: 2, groupStart: 3, groupEnd: 4, fixed32: 5 } as const

const DEEPEST_GROUP = 64
const DEEPEST_VALUE = 16

/**
 * A cursor over protobuf bytes. Every read is bounded by an `end` that the caller has checked to be within the bytes, and no
 * memory is allocated because of what a length says.
 */
export class ProtobufReader {
  bytes: Buffer = Buffer.alloc(0)
  /** The same bytes, for reading four or eight of them at once. */
  view: DataView = new DataView(new ArrayBuffer(0))
  position = 0
  readonly #texts = new TextCache()
  /** The key that `findKey` has found. */
  keyStart = 0
  keyEnd = 0

  begin(bytes: Buffer): void {
    this.bytes = bytes
    this.view = viewOf(bytes)
    this.position = 0
  }

  /** A varint below 2^32; a larger one is read to its end and returned as Infinity. */
  varint(end: number): number {
    const { bytes } = this
    if (this.position < end && bytes[this.position]! < 0x80) return bytes[this.position++]!
    let result = 0
    let scale = 1
    for (let count = 0; count < 10; count++) {
      if (this.position >= end) throw new InvalidTracesError('a varint is cut off')
      const byte = bytes[this.position++]!
      result += (byte & 0x7f) * scale
      if (byte < 0x80) return result < 0x1_0000_0000 ? result : Number.POSITIVE_INFINITY
      scale *= 128
    }
    throw new InvalidTracesError('a varint is longer than ten bytes')
  }

  tag(end: number): number {
    const tag = this.varint(end)
    if (tag >>> 3 === 0 || tag > 0xffff_ffff) throw new InvalidTracesError('a field has an illegal number')
    return tag
  }

  /** Reads a length prefix and returns where the field ends; the position is then at its first byte. */
  fieldEnd(end: number): number {
    const length = this.varint(end)
    if (length > end - this.position) throw new InvalidTracesError('a length reaches beyond its message')
    return this.position + length
  }

  /** Skips a field's value of any type. */
  skip(tag: number, end: number): void {
    switch (tag & 7) {
      case WireType.varint:
        this.varint(end)
        return
      case WireType.fixed64:
        this.#advance(8, end)
        return
      case WireType.length:
        this.position = this.fieldEnd(end)
        return
      case WireType.groupStart:
        this.#skipGroup(tag >>> 3, end)
        return
      case WireType.fixed32:
        this.#advance(4, end)
        return
      default:
        throw new InvalidTracesError(`wire type ${tag & 7} where a field should begin`)
    }
  }

  #advance(count: number, end: number): void {
    this.position += count
    if (this.position > end) throw new InvalidTracesError('a field is cut off')
  }

  /** Groups may be nested: a stack instead of recursion. */
  #skipGroup(field: number, end: number): void {
    const open = [field]
    while (open.length > 0) {
      const tag = this.tag(end)
      if ((tag & 7) === WireType.groupStart) {
        if (open.push(tag >>> 3) > DEEPEST_GROUP) throw new InvalidTracesError('groups are nested too deep')
      } else if ((tag & 7) === WireType.groupEnd) {
        if (open.pop() !== tag >>> 3) throw new InvalidTracesError('a group ends that did not begin')
      } else {
        this.skip(tag, end)
      }
    }
  }

  text(start: number, end: number): string {
    return this.#texts.decode(this.bytes, this.view, start, end)
  }

  /** Finds the key of the KeyValue message in [start, end); false if it has none. If it is repeated, the last one counts. */
  findKey(start: number, end: number): boolean {
    let found = false
    this.position = start
    while (this.position < end) {
      const tag = this.tag(end)
      if (tag === 0x0a) {
        this.keyEnd = this.fieldEnd(end)
        this.keyStart = this.position
        this.position = this.keyEnd
        found = true
      } else {
        this.skip(tag, end)
      }
    }
    return found
  }

  /**
   * The value of the KeyValue message in [start, end).
   *
   * KeyValue: 1 key string, 2 value AnyValue. A value split over several fields merges, as protobuf says.
   */
  keyValueValue(start: number, end: number): AttributeValue | undefined {
    const { bytes } = this
    // Nearly every value is a short string or a small number, with lengths of one byte and no other fields.
    if (
      bytes[start] === 0x12 &&
      start + 2 + bytes[start + 1]! === end &&
      end - start >= 4 &&
      bytes[start + 1]! < 0x80
    ) {
      const member = bytes[start + 2]
      if (member === 0x0a && start + 4 + bytes[start + 3]! === end) return this.text(start + 4, end)
      if (member === 0x18 && end - start === 4 && bytes[start + 3]! < 0x80) return bytes[start + 3]!
    }
    let value: AttributeValue | undefined
    this.position = start
    while (this.position < end) {
      const tag = this.tag(end)
      if (tag === 0x12) {
        const valueEnd = this.fieldEnd(end)
        value = this.anyValue(valueEnd, value, 0)
      } else {
        this.skip(tag, end)
      }
    }
    return value
  }

  /**
   * AnyValue: 1 string, 2 bool, 3 int64, 4 double, 5 ArrayValue, 6 KeyValueList, 7 bytes; the last member wins.
   * Unknown fields, and known ones of another wire type, are skipped.
   */
  anyValue(end: number, before: AttributeValue | undefined, depth: number): AttributeValue | undefined {
    let value = before
    while (this.position < end) {
      const tag = this.tag(end)
      switch (tag) {
        case 0x0a: {
          const valueEnd = this.fieldEnd(end)
          value = this.text(this.position, valueEnd)
          this.position = valueEnd
          break
        }
        case 0x10:
          value = this.varint(end) !== 0
          break
        case 0x18:
          value = this.int64(end)
          break
        case 0x21:
          this.#advance(8, end)
          value = this.view.getFloat64(this.position - 8, true)
          break
        case 0x2a:
        case 0x32: {
          const valueEnd = this.fieldEnd(end)
          if (depth < DEEPEST_VALUE) value = this.#values(valueEnd, depth + 1, tag === 0x32)
          this.position = valueEnd
          break
        }
        case 0x3a: {
          const valueEnd = this.fieldEnd(end)
          value = this.bytes.subarray(this.position, valueEnd)
          this.position = valueEnd
          break
        }
        default:
          this.skip(tag, end)
      }
    }
    return value
  }

  /** ArrayValue: 1 values AnyValue. KeyValueList: 1 values KeyValue. */
  #values(end: number, depth: number, keyed: boolean): AttributeValue {
    const list: (AttributeValue | undefined)[] = []
    const record: Record<string, AttributeValue | undefined> = Object.create(null)
    while (this.position < end) {
      const tag = this.tag(end)
      if (tag !== 0x0a) {
        this.skip(tag, end)
        continue
      }
      const itemEnd = this.fieldEnd(end)
      if (keyed) this.#entry(record, itemEnd, depth)
      else list.push(this.anyValue(itemEnd, undefined, depth))
    }
    return keyed ? record : list
  }

  /** Adds the attribute of the KeyValue message in [start, end), unless its name is known already or it has no value. */
  attributeInto(attributes: Map<string, AttributeValue>, start: number, end: number): void {
    if (!this.findKey(start, end)) return
    const name = this.bytes.toString('utf8', this.keyStart, this.keyEnd)
    const value = this.keyValueValue(start, end)
    if (value !== undefined && !attributes.has(name)) attributes.set(name, value)
  }

  #entry(record: Record<string, AttributeValue | undefined>, end: number, depth: number): void {
    let key = ''
    let value: AttributeValue | undefined
    while (this.position < end) {
      const tag = this.tag(end)
      if (tag === 0x0a) {
        const keyEnd = this.fieldEnd(end)
        key = this.bytes.toString('utf8', this.position, keyEnd)
        this.position = keyEnd
      } else if (tag === 0x12) {
        value = this.anyValue(this.fieldEnd(end), value, depth)
      } else {
        this.skip(tag, end)
      }
    }
    if (!(key in record)) record[key] = value
  }

  int64(end: number): number | bigint {
    if (this.position < end && this.bytes[this.position]! < 0x80) return this.bytes[this.position++]!
    let low = 0
    let high = 0
    for (let shift = 0; shift < 70; shift += 7) {
      if (this.position >= end) throw new InvalidTracesError('a varint is cut off')
      const byte = this.bytes[this.position++]!
      const bits = byte & 0x7f
      if (shift < 28) low |= bits << shift
      else if (shift === 28) {
        low |= bits << 28
        high |= bits >>> 4
      } else if (shift < 63) high |= bits << (shift - 32)
      else high |= (bits & 1) << 31
      if (byte < 0x80) {
        const value = high * 0x1_0000_0000 + (low >>> 0)
        return Number.isSafeInteger(value) ? value : (BigInt(high) << 32n) | BigInt(low >>> 0)
      }
    }
    throw new InvalidTracesError('a varint is longer than ten bytes')
  }
}
