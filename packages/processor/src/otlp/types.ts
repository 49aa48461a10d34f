import type { AttributeBlock } from './attribute-block.ts'
import type { BufferPool } from './buffer-pool.ts'
import type { SpanIdentity } from './span-identity.ts'
import type { SpanShape } from './span-shape.ts'
import type { SpanStatus } from './span-status.ts'
import type { SpanTable } from './span-table.ts'

/** An attribute's value. Integers beyond 2^53 come as bigint, bytes as Uint8Array; `undefined` is an empty value. */
export type AttributeValue =
  | string
  | number
  | bigint
  | boolean
  | Uint8Array
  | readonly (AttributeValue | undefined)[]
  | { readonly [key: string]: AttributeValue | undefined }

/** Attributes of a resource, by name; of a repeated name the first counts. */
export type Attributes = ReadonlyMap<string, AttributeValue>

export interface ResourceView {
  readonly attributes: Attributes
}

export interface SpanEventView {
  readonly name: string
  readonly attributes: Attributes
}

/**
 * One span, read lazily: valid until the next one is read. The dialects, the rules and the ledger see spans of either
 * encoding, and those of an app's own SDK, through this.
 */
export interface SpanView {
  /** Value of the first attribute of that name. */
  attribute(name: string): AttributeValue | undefined
  /** Its attributes' names. The same object, as a rule, for spans that have the same names: see `byShape`. */
  readonly shape: SpanShape
  /** Value of the attribute whose name is number `index` of the shape; `undefined` for -1. */
  valueAt(index: number): AttributeValue | undefined
  readonly resource: ResourceView
  readonly scopeName: string
  readonly name: string
  /** 32 and 16 lower-case hex digits; empty where the span has none. */
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId: string
  /** The ids as numbers: what tells spans apart without a text for each. */
  readonly identity: SpanIdentity
  /** Nanoseconds since the Unix epoch. */
  readonly startUnixNano: bigint
  readonly endUnixNano: bigint
  /** Milliseconds since the Unix epoch, to within a microsecond. */
  readonly startUnixMillis: number
  /** From start to end, in seconds; 0 where the span lacks one of them, or a clock ran backwards. */
  readonly durationSeconds: number
  readonly status: SpanStatus
  events(): readonly SpanEventView[]
  hasEvent(name: string): boolean
}

/** A span of a batch of bytes, of which attributes can be cut. */
export interface EditableSpan extends SpanView {
  /** Byte ranges (start, end, start, end, ...) of all attributes of these names, in order. */
  rangesOf(isNamed: (name: string) => boolean): number[]
}

/** Reads and edits one batch at a time; `scan` begins a new one. */
export interface TracesCodec {
  readonly table: SpanTable
  /** Finds the spans. Throws `InvalidTracesError` on bytes that are not an ExportTraceServiceRequest. */
  scan(body: Buffer): void
  /** Reads a span by its row in the table. Valid until the next `read` or `scan`. */
  read(span: number): EditableSpan
  /** The name of a span's scope, by the span's row, for less than a `read`. */
  scopeName(span: number): string
  /** How many bytes `write` has written since `scan`. */
  readonly written: number
  /** Writes attributes for `edit` to append to a span. */
  write(attributes: (writer: AttributeWriter) => void): void
  /**
   * Cuts byte ranges out of a span and appends to it what was written from `start` to `end`. Spans are to be edited in
   * ascending order, each once.
   */
  edit(span: number, cuts: readonly number[], start: number, end: number): void
  /** The edited batch in the first bytes of `memory`, which begins with the body, if it fits, or of a pooled buffer. */
  finish(pool: BufferPool, memory?: Buffer): { buffer: Buffer; length: number }
}

/** Appends attributes to a span. */
export interface AttributeWriter {
  string(name: string, value: string): void
  /** Always a double, also where the number is whole: a column's type must not depend on its values. */
  double(name: string, value: number): void
  int(name: string, value: number): void
  /** The block's attributes, with these numbers in the places of its doubles. */
  block(block: AttributeBlock, doubles: ArrayLike<number>): void
}
