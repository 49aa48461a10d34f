import type { BufferPool } from './buffer-pool.ts'
import { InvalidTracesError } from './errors.ts'
import { beginsGenAiKey, isGenAiKey } from './gen-ai-keys.ts'
import { ProtobufAttributeWriter } from './protobuf-attribute-writer.ts'
import { ProtobufReader, WireType } from './protobuf-reader.ts'
import { ProtobufSpan } from './protobuf-span.ts'
import { shortAttributeValue } from './short-attribute.ts'
import { ContainerColumn, type Rows, SpanColumn, SpanTable } from './span-table.ts'
import { Splice } from './splice.ts'
import type { AttributeWriter, EditableSpan, TracesCodec } from './types.ts'

/**
 * Traces as protobuf bytes: https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/trace/v1/trace.proto
 *
 *     ExportTraceServiceRequest   1 resource_spans ResourceSpans
 *     ResourceSpans               1 resource Resource, 2 scope_spans ScopeSpans
 *     ScopeSpans                  1 scope InstrumentationScope, 2 spans Span
 *     Span                        1 trace_id, 2 span_id, 4 parent_span_id, 9 attributes KeyValue
 *     KeyValue                    1 key, 2 value
 *
 * `scan` goes over the bytes once and notes where spans are; `read` looks into one; `edit` appends to one. A repeated field may
 * be anywhere in its message, so new attributes are put at the end of the span, and only the three length prefixes above them
 * change. Everything else, known or not, is copied as it came.
 */
export class ProtobufTraces implements TracesCodec {
  readonly table: SpanTable = new SpanTable()
  readonly #reader = new ProtobufReader()
  readonly #span = new ProtobufSpan(this.#reader, this.table)
  readonly #splice = new Splice()
  readonly #writer = new ProtobufAttributeWriter(this.#splice)
  /** The resource and scope that are being edited, and the edits of their length prefixes, which are filled in at their end. */
  readonly #open = { resource: -1, resourceEdit: -1, scope: -1, scopeEdit: -1 }

  scan(body: Buffer): void {
    const reader = this.#reader
    reader.begin(body)
    this.table.clear()
    this.#splice.clear()
    this.#open.resource = -1
    this.#open.scope = -1
    while (reader.position < body.length) {
      const tag = reader.tag(body.length)
      if (tag === 0x0a) this.#scanResource(body.length)
      else reader.skip(tag, body.length)
    }
    this.#span.newBatch()
  }

  #scanResource(bodyEnd: number): void {
    const reader = this.#reader
    const end = this.#addContainer(this.table.resources, 0, bodyEnd)
    const { resources } = this.table
    const resource = resources.count - 1
    while (reader.position < end) {
      const fieldStart = reader.position
      const tag = reader.tag(end)
      if (tag === 0x12) this.#scanScope(resource, end)
      else reader.skip(tag, end)
      if (tag === 0x0a) noteSelf(resources, resource, fieldStart, reader.position)
    }
  }

  #scanScope(resource: number, resourceEnd: number): void {
    const reader = this.#reader
    const end = this.#addContainer(this.table.scopes, resource, resourceEnd)
    const { scopes } = this.table
    const scope = scopes.count - 1
    while (reader.position < end) {
      const fieldStart = reader.position
      const tag = reader.tag(end)
      if (tag === 0x12) this.#scanSpan(scope, end)
      else reader.skip(tag, end)
      if (tag === 0x0a) noteSelf(scopes, scope, fieldStart, reader.position)
    }
  }

  /** Notes where a ResourceSpans or ScopeSpans is; returns its end and leaves the reader at its first byte. */
  #addContainer(rows: Rows, parent: number, parentEnd: number): number {
    const lengthStart = this.#reader.position
    const end = this.#reader.fieldEnd(parentEnd)
    const start = this.#reader.position
    const row = rows.add()
    rows.values[row + ContainerColumn.lengthStart] = lengthStart
    rows.values[row + ContainerColumn.start] = start
    rows.values[row + ContainerColumn.end] = end
    rows.values[row + ContainerColumn.parent] = parent
    rows.values[row + ContainerColumn.selfStart] = start
    rows.values[row + ContainerColumn.selfEnd] = start
    return end
  }

  /** The hot loop, over every field of every span: it uses local variables, and handles the most frequent fields first. */
  #scanSpan(scope: number, scopeEnd: number): void {
    const reader = this.#reader
    const { bytes, view } = reader
    const lengthStart = reader.position
    const end = reader.fieldEnd(scopeEnd)
    const start = reader.position
    let position = start
    let traceId = -1
    let spanId = -1
    let parentId = -1
    let genAi = false
    while (position < end) {
      // Most fields are attributes whose key can't be a GenAI key.
      const valueAt = shortAttributeValue(view, position, end)
      if (valueAt !== -1 && (genAi || beginsGenAiKey[view.getUint16(position + 4, true)] === 0)) {
        position = valueAt + 2 + bytes[valueAt + 1]!
        continue
      }
      let tag = bytes[position++]!
      if (tag >= 0x80) {
        reader.position = position - 1
        tag = reader.tag(end)
        position = reader.position
      }
      if (tag < 8) throw new InvalidTracesError('a field has an illegal number')
      const wireType = tag & 7
      if (wireType !== WireType.length) {
        // Times, kind and flags, which every span has.
        if (wireType === WireType.fixed64 && end - position >= 8) position += 8
        else if (wireType === WireType.fixed32 && end - position >= 4) position += 4
        else if (wireType === WireType.varint && position < end && bytes[position]! < 0x80) position++
        else {
          reader.position = position
          reader.skip(tag, end)
          position = reader.position
        }
        continue
      }
      if (position >= end) throw new InvalidTracesError('a varint is cut off')
      let length = bytes[position++]!
      if (length >= 0x80) {
        reader.position = position - 1
        length = reader.fieldEnd(end) - reader.position
        position = reader.position
      } else if (length > end - position) throw new InvalidTracesError('a length reaches beyond its message')
      if (tag === 0x4a) genAi ||= this.#hasGenAiKey(position, position + length)
      else if (tag === 0x0a) traceId = idAt(position, length, 16)
      else if (tag === 0x12) spanId = idAt(position, length, 8)
      else if (tag === 0x22) parentId = idAt(position, length, 8)
      position += length
    }
    reader.position = end
    this.table.spanCount++
    if (spanId === -1 && !genAi) return
    const { spans } = this.table
    if (genAi) this.table.genAiSpans.push(spans.count)
    const row = spans.add()
    const { values } = spans
    values[row + SpanColumn.lengthStart] = lengthStart
    values[row + SpanColumn.start] = start
    values[row + SpanColumn.end] = end
    values[row + SpanColumn.scope] = scope
    values[row + SpanColumn.traceIdStart] = traceId
    values[row + SpanColumn.appendAt] = end
    values[row + SpanColumn.traceIdWord] = traceId === -1 ? 0 : view.getInt32(traceId + 12, true)
    values[row + SpanColumn.spanIdHigh] = spanId === -1 ? 0 : view.getInt32(spanId, true)
    values[row + SpanColumn.spanIdLow] = spanId === -1 ? 0 : view.getInt32(spanId + 4, true)
    values[row + SpanColumn.parentIdHigh] = parentId === -1 ? 0 : view.getInt32(parentId, true)
    values[row + SpanColumn.parentIdLow] = parentId === -1 ? 0 : view.getInt32(parentId + 4, true)
  }

  #hasGenAiKey(start: number, end: number): boolean {
    const reader = this.#reader
    const { bytes } = reader
    // What common encoders write: a short key, then the value, and nothing else.
    if (bytes[start] === 0x0a && end - start >= 2 && bytes[start + 1]! < 0x80) {
      const keyEnd = start + 2 + bytes[start + 1]!
      if (keyEnd === end) return isGenAiKey(bytes, start + 2, keyEnd)
      if (keyEnd < end && bytes[keyEnd] === 0x12) {
        reader.position = keyEnd + 1
        if (reader.fieldEnd(end) === end) return isGenAiKey(bytes, start + 2, keyEnd)
      }
    }
    return reader.findKey(start, end) && isGenAiKey(bytes, reader.keyStart, reader.keyEnd)
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
  }

  edit(span: number, cuts: readonly number[], start: number, end: number): void {
    const { spans, scopes } = this.table
    const scope = spans.get(span, SpanColumn.scope)
    const resource = scopes.get(scope, ContainerColumn.parent)
    if (this.#open.scope !== scope) this.#closeScope()
    if (this.#open.resource !== resource) {
      this.#closeResource()
      this.#open.resource = resource
      this.#open.resourceEdit = this.#editLength(this.table.resources, resource)
    }
    if (this.#open.scope !== scope) {
      this.#open.scope = scope
      this.#open.scopeEdit = this.#editLength(scopes, scope)
    }
    const lengthEdit = this.#editLength(spans, span)
    for (let cut = 0; cut < cuts.length; cut += 2) this.#splice.replace(cuts[cut]!, cuts[cut + 1]!)
    const appendAt = spans.get(span, SpanColumn.appendAt)
    this.#splice.replace(appendAt, appendAt, start, end)
    this.#fillLength(lengthEdit, spans, span)
  }

  /** The edited bytes, in `memory` or a pooled buffer. Ends the edits of this batch. */
  finish(pool: BufferPool, memory?: Buffer): { buffer: Buffer; length: number } {
    this.#closeScope()
    this.#closeResource()
    const result = this.#splice.apply(this.#reader.bytes, pool, memory)
    this.#splice.clear()
    return result
  }

  #closeScope(): void {
    if (this.#open.scope !== -1) this.#fillLength(this.#open.scopeEdit, this.table.scopes, this.#open.scope)
    this.#open.scope = -1
  }

  #closeResource(): void {
    if (this.#open.resource !== -1) {
      this.#fillLength(this.#open.resourceEdit, this.table.resources, this.#open.resource)
    }
    this.#open.resource = -1
  }

  #editLength(rows: Rows, row: number): number {
    return this.#splice.replace(
      rows.get(row, ContainerColumn.lengthStart),
      rows.get(row, ContainerColumn.start),
    )
  }

  /** A new length may take more bytes than the old one (127 to 128), which makes the messages around it longer, too. */
  #fillLength(edit: number, rows: Rows, row: number): void {
    const oldLength = rows.get(row, ContainerColumn.end) - rows.get(row, ContainerColumn.start)
    const newLength = oldLength + this.#splice.growth(edit + 1)
    const scratchStart = this.#splice.scratchLength
    this.#writer.varint(newLength)
    this.#splice.fill(edit, scratchStart)
  }
}

/** Notes where a container's `resource` or `scope` field is, including its tag. */
function noteSelf({ values, width }: Rows, row: number, start: number, end: number): void {
  const offset = row * width
  const isFirst = values[offset + ContainerColumn.selfEnd] === values[offset + ContainerColumn.start]
  if (isFirst) values[offset + ContainerColumn.selfStart] = start
  values[offset + ContainerColumn.selfEnd] = end
}

/** The position of an id, -1 for none. Fails on any other length, as no backend accepts a batch with that. */
function idAt(position: number, length: number, expected: number): number {
  if (length === expected) return position
  if (length === 0) return -1
  throw new InvalidTracesError(`an id of ${length} bytes where ${expected} are expected`)
}
