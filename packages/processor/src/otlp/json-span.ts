import { AttributePositions } from './attribute-positions.ts'
import { JsonContainers } from './json-containers.ts'
import { JsonIds } from './json-ids.ts'
import { isAt, phrase } from './json-phrase.ts'
import type { JsonReader } from './json-reader.ts'
import { JsonTime } from './json-time.ts'
import { jsonAnyValue, jsonAttributes, jsonInteger } from './json-value.ts'
import type { SpanIdentity } from './span-identity.ts'
import type { SpanShape } from './span-shape.ts'
import { type SpanStatus, statusOf } from './span-status.ts'
import { ContainerColumn, SpanColumn, type SpanTable } from './span-table.ts'
import { TextCache } from './text-cache.ts'
import type { AttributeValue, EditableSpan, ResourceView, SpanEventView } from './types.ts'
import { viewOf } from './view-of.ts'

const QUOTE = 0x22
const OPEN_BRACE = 0x7b
const KEY = Buffer.from('key')
const VALUE = Buffer.from('value')
const OPENS_STRING = phrase('{"stringValue":"')
const OPENS_INTEGER = phrase('{"intValue":')
const SHORTEST_VALUE = 16
const CODE = Buffer.from('code')
const NOTHING: DataView = new DataView(new ArrayBuffer(0))

/** A span of a JSON batch. `read` notes where each attribute is; a value is parsed when it is asked for. */
export class JsonSpan implements EditableSpan {
  readonly #reader: JsonReader
  readonly #table: SpanTable
  readonly #attributes = new AttributePositions()
  readonly #texts = new TextCache()
  #row = 0
  #eventsStart = -1
  #eventsEnd = -1
  readonly #ids: JsonIds
  readonly #startTime = new JsonTime()
  readonly #endTime = new JsonTime()
  readonly #containers: JsonContainers
  name = ''
  status: SpanStatus = 'unset'

  constructor(reader: JsonReader, table: SpanTable) {
    this.#reader = reader
    this.#table = table
    this.#ids = new JsonIds(reader)
    this.#containers = new JsonContainers(reader, table)
  }

  newBatch(): void {
    this.#containers.newBatch()
  }

  read(row: number): void {
    const reader = this.#reader
    this.#attributes.begin()
    this.#row = row
    this.#eventsStart = -1
    this.name = ''
    this.status = 'unset'
    this.#ids.clear()
    this.#startTime.clear()
    this.#endTime.clear()
    reader.seek(this.#table.spans.get(row, SpanColumn.start))
    if (!reader.openObject()) return
    do {
      reader.name()
      this.#readMember(this.#text())
    } while (reader.moreMembers())
  }

  #readMember(member: string): void {
    const reader = this.#reader
    switch (member) {
      case 'traceId':
        this.#ids.readTraceId()
        break
      case 'spanId':
        this.#ids.readSpanId()
        break
      case 'parentSpanId':
        this.#ids.readParentSpanId()
        break
      case 'name':
        this.name = this.#readText()
        break
      case 'startTimeUnixNano':
        this.#startTime.read(reader)
        break
      case 'endTimeUnixNano':
        this.#endTime.read(reader)
        break
      case 'attributes':
        this.#readAttributes()
        break
      case 'events':
        reader.peek()
        this.#eventsStart = reader.position
        reader.skipValue()
        this.#eventsEnd = reader.position
        break
      case 'status':
        this.status = this.#readStatus()
        break
      default:
        reader.skipValue()
    }
  }

  /** The string that the reader has just read, from a cache: names of members and of spans are repeated all the time. */
  #text(): string {
    const reader = this.#reader
    return reader.escaped
      ? reader.text()
      : this.#texts.decode(reader.bytes, reader.view, reader.start, reader.end)
  }

  #readText(): string {
    const reader = this.#reader
    if (reader.peek() !== QUOTE) {
      reader.skipValue()
      return ''
    }
    reader.string()
    return this.#text()
  }

  #readStatus(): SpanStatus {
    const reader = this.#reader
    let status: SpanStatus = 'unset'
    if (reader.peek() !== OPEN_BRACE) reader.skipValue()
    else if (reader.openObject()) {
      do {
        reader.name()
        const isCode = reader.is(CODE)
        reader.peek()
        const start = reader.position
        reader.skipValue()
        if (isCode) status = statusOf(reader.parse(start, reader.position))
      } while (reader.moreMembers())
    }
    return status
  }

  #readAttributes(): void {
    const reader = this.#reader
    if (reader.skipNull() || !reader.openArray()) return
    do this.#readKeyValue()
    while (reader.moreElements())
  }

  /** Reads a KeyValue and notes where it and its value are. */
  #readKeyValue(): void {
    const reader = this.#reader
    reader.peek()
    const elementStart = reader.position
    if (reader.compactKeyValue()) {
      const { view, keyStart, keyEnd, valueStart, valueEnd, position } = reader
      this.#attributes.add(view, keyStart, keyEnd, elementStart, position, valueStart, valueEnd)
      return
    }
    let source = NOTHING
    let nameStart = 0
    let nameEnd = 0
    let start = 0
    let end = 0
    if (reader.openObject()) {
      do {
        reader.name()
        if (reader.is(KEY) && reader.peek() === QUOTE) {
          reader.string()
          source = reader.escaped ? viewOf(Buffer.from(reader.text())) : reader.view
          nameStart = reader.escaped ? 0 : reader.start
          nameEnd = reader.escaped ? source.byteLength : reader.end
        } else if (reader.is(VALUE)) {
          reader.peek()
          start = reader.position
          reader.skipValue()
          end = reader.position
        } else reader.skipValue()
      } while (reader.moreMembers())
    }
    this.#attributes.add(source, nameStart, nameEnd, elementStart, reader.position, start, end)
  }

  get shape(): SpanShape {
    return this.#attributes.shape
  }

  attribute(name: string): AttributeValue | undefined {
    return this.valueAt(this.shape.indexOf(name))
  }

  valueAt(index: number): AttributeValue | undefined {
    if (index === -1) return undefined
    const start = this.#attributes.valueStart(index)
    const end = this.#attributes.valueEnd(index)
    if (end === 0) return undefined
    const reader = this.#reader
    // Most values are short strings without escapes, or integers, for which no object has to be parsed.
    if (end - start >= SHORTEST_VALUE) {
      if (isAt(reader.view, start, OPENS_STRING)) {
        if (this.#endsWithString(start + 15, end)) return this.#text()
      } else if (isAt(reader.view, start, OPENS_INTEGER)) {
        if (this.#endsWithString(start + 12, end)) return jsonInteger(this.#text())
      }
    }
    return jsonAnyValue(reader.parse(start, end))
  }

  /** Whether there is nothing but a string without escapes and a brace. */
  #endsWithString(start: number, end: number): boolean {
    const reader = this.#reader
    if (reader.bytes[start] !== QUOTE) return false
    reader.seek(start)
    reader.string()
    return !reader.escaped && reader.position === end - 1
  }

  get traceId(): string {
    return this.#ids.traceId
  }

  get spanId(): string {
    return this.#ids.spanId
  }

  get parentSpanId(): string {
    return this.#ids.parentSpanId
  }

  get identity(): SpanIdentity {
    return this.#ids.identity
  }

  get startUnixNano(): bigint {
    return this.#startTime.unixNano
  }

  get endUnixNano(): bigint {
    return this.#endTime.unixNano
  }

  get startUnixMillis(): number {
    return this.#startTime.unixMillis
  }

  get durationSeconds(): number {
    return this.#startTime.secondsTo(this.#endTime)
  }

  rangesOf(isNamed: (name: string) => boolean): number[] {
    return this.#attributes.ranges(isNamed)
  }

  /** Reads a span, and returns the ranges of all its attributes: start, end, start, end, ... */
  elementsOf(row: number): readonly number[] {
    this.read(row)
    return this.#attributes.ranges()
  }

  events(): readonly SpanEventView[] {
    if (this.#eventsStart === -1) return []
    const events = this.#reader.parse(this.#eventsStart, this.#eventsEnd)
    if (!Array.isArray(events)) return []
    return events.map((event) => ({
      name: typeof event?.name === 'string' ? event.name : '',
      attributes: jsonAttributes(event?.attributes),
    }))
  }

  hasEvent(name: string): boolean {
    return this.#eventsStart !== -1 && this.events().some((event) => event.name === name)
  }

  get resource(): ResourceView {
    return this.#containers.resource(
      this.#table.scopes.get(this.#table.spans.get(this.#row, SpanColumn.scope), ContainerColumn.parent),
    )
  }

  get scopeName(): string {
    return this.scopeNameOf(this.#row)
  }

  /** The scope name of the span in a row, without reading that span. */
  scopeNameOf(span: number): string {
    return this.#containers.scopeName(this.#table.spans.get(span, SpanColumn.scope))
  }
}
