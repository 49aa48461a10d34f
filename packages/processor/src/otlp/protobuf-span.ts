import { AttributePositions } from './attribute-positions.ts'
import { type ProtobufReader, WireType } from './protobuf-reader.ts'
import { ResourceCache } from './resource-cache.ts'
import { shortAttributeValue } from './short-attribute.ts'
import type { SpanIdentity } from './span-identity.ts'
import type { SpanShape } from './span-shape.ts'
import { type SpanStatus, statusOf } from './span-status.ts'
import { ContainerColumn, SpanColumn, type SpanTable } from './span-table.ts'
import type { AttributeValue, EditableSpan, ResourceView, SpanEventView } from './types.ts'

/**
 * A span of a protobuf batch. `read` notes where each attribute is; a value is decoded when it is asked for.
 *
 *     Span   5 name, 7 start_time_unix_nano fixed64, 8 end_time_unix_nano fixed64, 11 events, 15 status
 *     Event  2 name, 3 attributes     Status  3 code     Scope  1 name     Resource  1 attributes
 */
export class ProtobufSpan implements EditableSpan {
  readonly #reader: ProtobufReader
  readonly #table: SpanTable
  readonly #resources = new ResourceCache()
  #row = 0
  readonly #attributes = new AttributePositions()
  #spanId = -1
  #parentSpanId = -1
  #identity: SpanIdentity | undefined
  #startTime = -1
  #endTime = -1
  readonly #events: number[] = []
  #resourceRow = -1
  #resource: ResourceView | undefined
  #scopeRow = -1
  #scopeName = ''
  name = ''
  status: SpanStatus = 'unset'

  constructor(reader: ProtobufReader, table: SpanTable) {
    this.#reader = reader
    this.#table = table
  }

  newBatch(): void {
    this.#resourceRow = -1
    this.#scopeRow = -1
  }

  read(row: number): void {
    const reader = this.#reader
    this.#attributes.begin()
    this.#row = row
    if (this.#events.length > 0) this.#events.length = 0 // which is slow, even if nothing changes
    this.#startTime = -1
    this.#endTime = -1
    this.name = ''
    this.status = 'unset'
    this.#spanId = -1
    this.#parentSpanId = -1
    this.#identity = undefined
    const end = this.#table.spans.get(row, SpanColumn.end)
    const { bytes, view } = reader
    let position = this.#table.spans.get(row, SpanColumn.start)
    while (position < end) {
      const valueAt = shortAttributeValue(view, position, end)
      if (valueAt !== -1) {
        const attributeEnd = valueAt + 2 + bytes[valueAt + 1]!
        this.#attributes.add(view, position + 4, valueAt, position, attributeEnd, valueAt)
        position = attributeEnd
        continue
      }
      reader.position = position
      const tag = reader.tag(end)
      if ((tag & 7) === WireType.length) {
        const fieldEnd = reader.fieldEnd(end)
        this.#note(tag, position, reader.position, fieldEnd)
        position = fieldEnd
      } else {
        if (tag === 0x39) this.#startTime = reader.position
        else if (tag === 0x41) this.#endTime = reader.position
        reader.skip(tag, end)
        position = reader.position
      }
    }
  }

  #note(tag: number, fieldStart: number, start: number, end: number): void {
    switch (tag) {
      case 0x12:
        this.#spanId = end - start === 8 ? start : -1
        break
      case 0x22:
        this.#parentSpanId = end - start === 8 ? start : -1
        break
      case 0x2a:
        this.name = this.#reader.text(start, end)
        break
      case 0x4a:
        this.#noteAttribute(fieldStart, start, end)
        break
      case 0x5a:
        this.#events.push(start, end)
        break
      case 0x7a:
        this.#readStatus(start, end)
    }
  }

  #noteAttribute(fieldStart: number, start: number, end: number): void {
    const reader = this.#reader
    const { bytes } = reader
    let valueStart = start
    // What common encoders write: a short key, then the value.
    const keyEnd = start + 2 + bytes[start + 1]!
    if (bytes[start] === 0x0a && keyEnd + 1 < end && bytes[start + 1]! < 0x80 && bytes[keyEnd] === 0x12) {
      reader.position = keyEnd + 1
      reader.keyStart = start + 2
      reader.keyEnd = keyEnd
      const length = bytes[keyEnd + 1]!
      if (length < 0x80 ? keyEnd + 2 + length === end : reader.fieldEnd(end) === end) valueStart = keyEnd
    }
    if (valueStart === start && !reader.findKey(start, end)) return
    this.#attributes.add(reader.view, reader.keyStart, reader.keyEnd, fieldStart, end, valueStart)
  }

  #readStatus(start: number, end: number): void {
    const reader = this.#reader
    reader.position = start
    while (reader.position < end) {
      const tag = reader.tag(end)
      if (tag === 0x18) this.status = statusOf(reader.varint(end))
      else reader.skip(tag, end)
    }
  }

  get shape(): SpanShape {
    return this.#attributes.shape
  }

  attribute(name: string): AttributeValue | undefined {
    return this.valueAt(this.shape.indexOf(name))
  }

  valueAt(index: number): AttributeValue | undefined {
    if (index === -1) return undefined
    const attributes = this.#attributes
    return this.#reader.keyValueValue(attributes.valueStart(index), attributes.valueEnd(index))
  }

  rangesOf(isNamed: (name: string) => boolean): number[] {
    return this.#attributes.ranges(isNamed)
  }

  get traceId(): string {
    return this.#identifier(this.#table.spans.get(this.#row, SpanColumn.traceIdStart), 16)
  }

  get spanId(): string {
    return this.#identifier(this.#spanId, 8)
  }

  get parentSpanId(): string {
    return this.#identifier(this.#parentSpanId, 8)
  }

  /** The id in lower-case hex; empty if there is none (-1), or if it is all zeros, which means none. */
  #identifier(start: number, length: number): string {
    if (start === -1) return ''
    const { bytes } = this.#reader
    for (let index = start; index < start + length; index++)
      if (bytes[index] !== 0) return bytes.toString('hex', start, start + length)
    return ''
  }

  get identity(): SpanIdentity {
    this.#identity ??= this.#readIdentity()
    return this.#identity
  }

  #readIdentity(): SpanIdentity {
    const { view } = this.#reader
    const traceId = this.#table.spans.get(this.#row, SpanColumn.traceIdStart)
    const spanId = this.#spanId
    const word = (start: number, offset: number): number =>
      start === -1 ? 0 : view.getInt32(start + offset, true)
    return [
      word(traceId, 0),
      word(traceId, 4),
      word(traceId, 8),
      word(traceId, 12),
      word(spanId, 0),
      word(spanId, 4),
    ]
  }

  get startUnixMillis(): number {
    return this.#startTime === -1 ? 0 : this.#nanoseconds(this.#startTime) / 1e6
  }

  get durationSeconds(): number {
    if (this.#startTime === -1 || this.#endTime === -1 || this.#nanoseconds(this.#startTime) === 0) return 0
    const { view } = this.#reader
    const high = view.getUint32(this.#endTime + 4, true) - view.getUint32(this.#startTime + 4, true)
    const low = view.getUint32(this.#endTime, true) - view.getUint32(this.#startTime, true)
    return Math.max(0, high * 0x1_0000_0000 + low) / 1e9
  }

  /** As a double, which is exact to 256 nanoseconds. */
  #nanoseconds(position: number): number {
    const { view } = this.#reader
    return view.getUint32(position + 4, true) * 0x1_0000_0000 + view.getUint32(position, true)
  }

  get startUnixNano(): bigint {
    return this.#startTime === -1 ? 0n : this.#reader.bytes.readBigUInt64LE(this.#startTime)
  }

  get endUnixNano(): bigint {
    return this.#endTime === -1 ? 0n : this.#reader.bytes.readBigUInt64LE(this.#endTime)
  }

  events(): readonly SpanEventView[] {
    const events: SpanEventView[] = []
    for (let index = 0; index < this.#events.length; index += 2) {
      events.push(this.#readEvent(this.#events[index]!, this.#events[index + 1]!))
    }
    return events
  }

  hasEvent(name: string): boolean {
    return this.#events.length > 0 && this.events().some((event) => event.name === name)
  }

  #readEvent(start: number, end: number): SpanEventView {
    const reader = this.#reader
    let name = ''
    const attributes = new Map<string, AttributeValue>()
    reader.position = start
    while (reader.position < end) {
      const tag = reader.tag(end)
      if (tag === 0x12 || tag === 0x1a) {
        const fieldEnd = reader.fieldEnd(end)
        if (tag === 0x12) name = reader.bytes.toString('utf8', reader.position, fieldEnd)
        else reader.attributeInto(attributes, reader.position, fieldEnd)
        reader.position = fieldEnd
      } else {
        reader.skip(tag, end)
      }
    }
    return { name, attributes }
  }

  get resource(): ResourceView {
    const row = this.#table.scopes.get(
      this.#table.spans.get(this.#row, SpanColumn.scope),
      ContainerColumn.parent,
    )
    if (row !== this.#resourceRow || this.#resource === undefined) {
      const { resources } = this.#table
      this.#resourceRow = row
      this.#resource = this.#resources.read(
        this.#reader,
        resources.get(row, ContainerColumn.selfStart),
        resources.get(row, ContainerColumn.selfEnd),
      )
    }
    return this.#resource
  }

  get scopeName(): string {
    return this.scopeNameOf(this.#row)
  }

  /** The scope name of the span in a row, without reading that span. A scope split over several fields is merged. */
  scopeNameOf(span: number): string {
    const row = this.#table.spans.get(span, SpanColumn.scope)
    if (row === this.#scopeRow) return this.#scopeName
    this.#scopeRow = row
    this.#scopeName = ''
    const reader = this.#reader
    const end = this.#table.scopes.get(row, ContainerColumn.selfEnd)
    reader.position = this.#table.scopes.get(row, ContainerColumn.selfStart)
    while (reader.position < end) {
      const tag = reader.tag(end)
      if (tag !== 0x0a) {
        reader.skip(tag, end)
        continue
      }
      const scopeEnd = reader.fieldEnd(end)
      while (reader.position < scopeEnd) {
        const field = reader.tag(scopeEnd)
        if (field !== 0x0a) {
          reader.skip(field, scopeEnd)
          continue
        }
        const nameEnd = reader.fieldEnd(scopeEnd)
        this.#scopeName = reader.text(reader.position, nameEnd)
        reader.position = nameEnd
      }
    }
    return this.#scopeName
  }
}
