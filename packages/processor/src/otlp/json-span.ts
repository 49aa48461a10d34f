import { AttributePositions } from './attribute-positions.ts'
import { secondsBetween } from './duration.ts'
import { JsonContainers } from './json-containers.ts'
import type { JsonReader } from './json-reader.ts'
import { jsonAnyValue, jsonAttributes, jsonInteger, readNanoseconds } from './json-value.ts'
import { identityOf, type SpanIdentity } from './span-identity.ts'
import type { SpanShape } from './span-shape.ts'
import { ContainerColumn, SpanColumn, type SpanTable } from './span-table.ts'
import { TextCache } from './text-cache.ts'
import type { AttributeValue, EditableSpan, ResourceView, SpanEventView } from './types.ts'
import { viewOf } from './view-of.ts'

const QUOTE = 0x22
const KEY = Buffer.from('key')
const VALUE = Buffer.from('value')
const STRING_VALUE = Buffer.from('stringValue')
const INT_VALUE = Buffer.from('intValue')
const NOTHING: DataView = new DataView(new ArrayBuffer(0))
const statuses = ['unset', 'ok', 'error'] as const

/** One span of a JSON batch. `read` notes where each attribute is; a value is parsed when it is asked for. */
export class JsonSpan implements EditableSpan {
  readonly #reader: JsonReader
  readonly #table: SpanTable
  readonly #attributes = new AttributePositions()
  readonly #texts = new TextCache()
  #row = 0
  #eventsStart = -1
  #eventsEnd = -1
  readonly #containers: JsonContainers
  name = ''
  status: 'unset' | 'ok' | 'error' = 'unset'
  traceId = ''
  spanId = ''
  parentSpanId = ''
  startUnixNano = 0n
  endUnixNano = 0n

  constructor(reader: JsonReader, table: SpanTable) {
    this.#reader = reader
    this.#table = table
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
    this.traceId = ''
    this.spanId = ''
    this.parentSpanId = ''
    this.startUnixNano = 0n
    this.endUnixNano = 0n
    reader.seek(this.#table.spans.get(row, SpanColumn.start))
    if (!reader.openObject()) return
    do {
      reader.name()
      this.#readMember(reader.text())
    } while (reader.moreMembers())
  }

  #readMember(member: string): void {
    const reader = this.#reader
    switch (member) {
      case 'traceId':
        this.traceId = this.#readId(32)
        break
      case 'spanId':
        this.spanId = this.#readId(16)
        break
      case 'parentSpanId':
        this.parentSpanId = this.#readId(16)
        break
      case 'name':
        this.name = this.#readText()
        break
      case 'startTimeUnixNano':
        this.startUnixNano = readNanoseconds(reader)
        break
      case 'endTimeUnixNano':
        this.endUnixNano = readNanoseconds(reader)
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

  #readText(): string {
    const reader = this.#reader
    if (reader.peek() !== QUOTE) {
      reader.skipValue()
      return ''
    }
    reader.string()
    return reader.text()
  }

  #readId(digits: number): string {
    const id = this.#readText().toLowerCase()
    return id.length === digits && /[^0]/.test(id) ? id : ''
  }

  #readStatus(): 'unset' | 'ok' | 'error' {
    const reader = this.#reader
    reader.peek()
    const start = reader.position
    reader.skipValue()
    const { code } = (reader.parse(start, reader.position) ?? {}) as { code?: unknown }
    return statuses[code as number] ?? 'unset'
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
    reader.seek(start)
    // Most values are short strings without escapes: no need to parse an object for them.
    if (reader.peek() === 0x7b && reader.openObject()) {
      reader.name()
      const isString = reader.is(STRING_VALUE)
      if ((isString || reader.is(INT_VALUE)) && reader.peek() === QUOTE) {
        reader.string()
        if (!reader.escaped && !reader.moreMembers()) {
          const text = this.#texts.decode(reader.bytes, reader.view, reader.start, reader.end)
          return isString ? text : jsonInteger(text)
        }
      }
    }
    return jsonAnyValue(reader.parse(start, end))
  }

  get identity(): SpanIdentity {
    return identityOf(this.traceId, this.spanId)
  }

  get startUnixMillis(): number {
    return Number(this.startUnixNano) / 1e6
  }

  get durationSeconds(): number {
    return secondsBetween(this.startUnixNano, this.endUnixNano)
  }

  rangesOf(isNamed: (name: string) => boolean): number[] {
    return this.#attributes.ranges(isNamed)
  }

  /** Ranges of all of a span's attributes: start, end, start, end, ... Reads the span. */
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
    return this.#containers.scopeName(this.#table.spans.get(this.#row, SpanColumn.scope))
  }
}
