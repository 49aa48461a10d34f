import type { BufferPool } from './buffer-pool.ts'
import { isGenAiKey } from './gen-ai-keys.ts'
import { hexWord } from './hex-word.ts'
import { cutElements } from './json-array.ts'
import { JsonAttributeWriter } from './json-attribute-writer.ts'
import { JsonReader } from './json-reader.ts'
import { JsonSpan } from './json-span.ts'
import { ContainerColumn, type Rows, SpanColumn, SpanTable } from './span-table.ts'
import { Splice } from './splice.ts'
import type { AttributeWriter, EditableSpan, TracesCodec } from './types.ts'

const OPEN_BRACKET = 0x5b
const CLOSE_BRACKET = Buffer.from(']')
const RESOURCE_SPANS = Buffer.from('resourceSpans')
const RESOURCE = Buffer.from('resource')
const SCOPE = Buffer.from('scope')
const SCOPE_SPANS = Buffer.from('scopeSpans')
const SPANS = Buffer.from('spans')
const ATTRIBUTES = Buffer.from('attributes')
const KEY = Buffer.from('key')
const TRACE_ID = Buffer.from('traceId')
const SPAN_ID = Buffer.from('spanId')
const PARENT_SPAN_ID = Buffer.from('parentSpanId')

/**
 * Traces as JSON text: https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding
 *
 * As for protobuf, the text is scanned once, and new attributes are spliced into a span's `attributes`. Nothing is printed anew,
 * so that white space, number formats and unknown members stay as they came.
 */
export class JsonTraces implements TracesCodec {
  readonly table: SpanTable = new SpanTable()
  readonly #reader = new JsonReader()
  readonly #span = new JsonSpan(this.#reader, this.table)
  readonly #splice = new Splice()
  readonly #writer = new JsonAttributeWriter(this.#splice)

  scan(body: Buffer): void {
    const reader = this.#reader
    reader.begin(body)
    this.table.clear()
    this.#splice.clear()
    if (reader.openObject()) {
      do {
        reader.name()
        if (reader.is(RESOURCE_SPANS)) this.#scanEach(this.table.resources, 0, this.#scanResource)
        else reader.skipValue()
      } while (reader.moreMembers())
    }
    if (reader.peek() !== -1) reader.fail('something follows the request')
    this.#span.newBatch()
  }

  /** Scans an array of ResourceSpans or ScopeSpans. */
  #scanEach(rows: Rows, parent: number, scanOne: (row: number) => void): void {
    const reader = this.#reader
    if (reader.skipNull() || !reader.openArray()) return
    do {
      reader.peek()
      const start = reader.position
      const row = rows.count
      const offset = rows.add()
      rows.values[offset + ContainerColumn.lengthStart] = -1
      rows.values[offset + ContainerColumn.start] = start
      rows.values[offset + ContainerColumn.parent] = parent
      scanOne(row)
      rows.values[row * rows.width + ContainerColumn.end] = reader.position
    } while (reader.moreElements())
  }

  readonly #scanResource = (row: number): void => {
    const reader = this.#reader
    if (!reader.openObject()) return
    do {
      reader.name()
      if (reader.is(SCOPE_SPANS)) this.#scanEach(this.table.scopes, row, this.#scanScope)
      else this.#skipMember(RESOURCE, this.table.resources, row)
    } while (reader.moreMembers())
  }

  readonly #scanScope = (row: number): void => {
    const reader = this.#reader
    if (!reader.openObject()) return
    do {
      reader.name()
      if (!reader.is(SPANS)) this.#skipMember(SCOPE, this.table.scopes, row)
      else if (!reader.skipNull() && reader.openArray()) {
        do this.#scanSpan(row)
        while (reader.moreElements())
      }
    } while (reader.moreMembers())
  }

  /** Skips a member, and notes its position if it is the container's `resource` or `scope`. */
  #skipMember(name: Buffer, rows: Rows, row: number): void {
    const reader = this.#reader
    const isNoted = reader.is(name)
    reader.peek()
    if (isNoted) rows.values[row * rows.width + ContainerColumn.lengthStart] = reader.position
    reader.skipValue()
  }

  #scanSpan(scope: number): void {
    const reader = this.#reader
    reader.peek()
    const start = reader.position
    let attributesStart = -1
    let appendAt = -1
    let genAi = false
    let traceIdStart = -1
    let traceIdWord = 0
    let spanIdHigh = 0
    let spanIdLow = 0
    let parentIdHigh = 0
    let parentIdLow = 0
    if (reader.openObject()) {
      do {
        reader.name()
        if (reader.is(ATTRIBUTES)) {
          reader.peek()
          attributesStart = reader.position
          genAi = this.#scanAttributes()
          appendAt = reader.position - 1
        } else if (reader.is(SPAN_ID)) {
          if (this.#readId(16)) {
            spanIdHigh = hexWord(reader.bytes, reader.start)
            spanIdLow = hexWord(reader.bytes, reader.start + 8)
          }
        } else if (reader.is(PARENT_SPAN_ID)) {
          if (this.#readId(16)) {
            parentIdHigh = hexWord(reader.bytes, reader.start)
            parentIdLow = hexWord(reader.bytes, reader.start + 8)
          }
        } else if (reader.is(TRACE_ID)) {
          if (this.#readId(32)) {
            traceIdStart = reader.start
            traceIdWord = hexWord(reader.bytes, reader.start + 24)
          }
        } else reader.skipValue()
      } while (reader.moreMembers())
    }
    this.table.spanCount++
    if (spanIdHigh === 0 && spanIdLow === 0 && !genAi) return
    const { spans } = this.table
    if (genAi) this.table.genAiSpans.push(spans.count)
    const row = spans.add()
    const { values } = spans
    values[row + SpanColumn.lengthStart] = attributesStart
    values[row + SpanColumn.start] = start
    values[row + SpanColumn.end] = reader.position
    values[row + SpanColumn.scope] = scope
    values[row + SpanColumn.traceIdStart] = traceIdStart
    values[row + SpanColumn.appendAt] = appendAt
    values[row + SpanColumn.traceIdWord] = traceIdWord
    values[row + SpanColumn.spanIdHigh] = spanIdHigh
    values[row + SpanColumn.spanIdLow] = spanIdLow
    values[row + SpanColumn.parentIdHigh] = parentIdHigh
    values[row + SpanColumn.parentIdLow] = parentIdLow
  }

  /** Reads an id in hex; false if it is null or empty. Fails on any other length, as no backend accepts that. */
  #readId(digits: number): boolean {
    const reader = this.#reader
    if (reader.skipNull()) return false
    reader.string()
    const { bytes, start, end } = reader
    if (start === end) return false
    let valid = end - start === digits ? 1 : 0
    for (let index = start; index < end; index++) valid &= isHexDigit[bytes[index]!]!
    if (valid === 0) reader.fail(`an id of ${digits} hex digits expected`)
    return true
  }

  /** Skips a span's attributes. Returns whether one of them has a GenAI key. */
  #scanAttributes(): boolean {
    const reader = this.#reader
    let genAi = false
    if (reader.skipNull() || !reader.openArray()) return false
    do {
      reader.peek()
      if (reader.compactKeyValue()) {
        genAi ||= isGenAiKey(reader.bytes, reader.keyStart, reader.keyEnd)
        continue
      }
      if (!reader.openObject()) continue
      do {
        reader.name()
        if (!genAi && reader.is(KEY) && reader.peek() === 0x22) {
          reader.string()
          genAi = reader.escaped
            ? isEscapedGenAiKey(reader.text())
            : isGenAiKey(reader.bytes, reader.start, reader.end)
        } else reader.skipValue()
      } while (reader.moreMembers())
    } while (reader.moreElements())
    return genAi
  }

  read(span: number): EditableSpan {
    this.#span.read(span)
    return this.#span
  }

  scopeName(span: number): string {
    return this.#span.scopeNameOf(span)
  }

  get written(): number {
    return this.#splice.scratchLength
  }

  write(attributes: (writer: AttributeWriter) => void): void {
    attributes(this.#writer)
    this.#writer.flush()
  }

  edit(span: number, cuts: readonly number[], start: number, end: number): void {
    const { bytes } = this.#reader
    const attributesStart = this.table.spans.get(span, SpanColumn.lengthStart)
    const appendAt = this.table.spans.get(span, SpanColumn.appendAt)
    if (attributesStart === -1) {
      const spanEnd = this.table.spans.get(span, SpanColumn.end) - 1
      const isEmpty = this.#isEmptyBetween(this.table.spans.get(span, SpanColumn.start) + 1, spanEnd)
      this.#insertArray(spanEnd, spanEnd, `${isEmpty ? '' : ','}"attributes":[`, start, end)
    } else if (bytes[attributesStart] === OPEN_BRACKET) {
      const hasOthers =
        cuts.length === 0
          ? !this.#isEmptyBetween(attributesStart + 1, appendAt)
          : cutElements(this.#span.elementsOf(span), cuts, (from, to) => this.#splice.replace(from, to)) > 0
      this.#insert(appendAt, hasOthers ? start : start + 1, end)
    } else {
      this.#insertArray(attributesStart, appendAt + 1, '[', start, end)
    }
  }

  #insert(at: number, start: number, end: number): void {
    if (end > start) this.#splice.replace(at, at, start, end)
  }

  /** Replaces [from, to) by an array of the attributes that were written from `start` to `end`, without the first comma. */
  #insertArray(from: number, to: number, opening: string, start: number, end: number): void {
    if (start === end) return
    const openingStart = this.#splice.scratchLength
    this.#splice.write(Buffer.from(opening))
    this.#splice.replace(from, to, openingStart)
    this.#insert(to, start + 1, end)
    const closingStart = this.#splice.scratchLength
    this.#splice.write(CLOSE_BRACKET)
    this.#splice.replace(to, to, closingStart)
  }

  /** Whether there is only white space between two positions. */
  #isEmptyBetween(start: number, end: number): boolean {
    this.#reader.seek(start)
    this.#reader.peek()
    return this.#reader.position === end
  }

  finish(pool: BufferPool, memory?: Buffer): { buffer: Buffer; length: number } {
    const result = this.#splice.apply(this.#reader.bytes, pool, memory)
    this.#splice.clear()
    return result
  }
}

/** For names with escapes, such as `\u0067en_ai.system`, which are valid but hardly ever sent. */
function isEscapedGenAiKey(name: string): boolean {
  const bytes = Buffer.from(name)
  return isGenAiKey(bytes, 0, bytes.length)
}

const isHexDigit = new Uint8Array(256)
for (const digit of Buffer.from('0123456789abcdefABCDEF')) isHexDigit[digit] = 1
