import type { AttributeBlock } from './attribute-block.ts'
import type { BufferPool } from './buffer-pool.ts'
import type { SpanIdentity } from './span-identity.ts'
import type { SpanShape } from './span-shape.ts'
import type { SpanStatus } from './span-status.ts'
import type { SpanTable } from './span-table.ts'

/** An attribute's value. Integers beyond 2^53 are bigints, bytes are Uint8Arrays; `undefined` is an empty value. */
export type AttributeValue =
  | string
  | number
  | bigint
  | boolean
  | Uint8Array
  | readonly (AttributeValue | undefined)[]
  | { readonly [key: string]: AttributeValue | undefined }

/** Attributes of a resource or event, by name; of a repeated name the first counts. */
export type Attributes = ReadonlyMap<string, AttributeValue>

export interface ResourceView {
  readonly attributes: Attributes
}

export interface SpanEventView {
  readonly name: string
  readonly attributes: Attributes
}

/**
 * A span that is read lazily: valid until the next one is read. Through this interface, dialects, rules and the ledger see spans
 * of either encoding and those of an app's own SDK.
 */
export interface SpanView {
  /** Value of the first attribute of that name. */
  attribute(name: string): AttributeValue | undefined
  /** The names of its attributes. Usually the same object for spans that have the same names: see `byShape`. */
  readonly shape: SpanShape
  /** Value of the attribute at an index of the shape; `undefined` for -1. */
  valueAt(index: number): AttributeValue | undefined
  readonly resource: ResourceView
  readonly scopeName: string
  readonly name: string
  /** Ids of 32 and 16 lower-case hex digits; empty if the span has none. */
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId: string
  /** The ids as numbers, which identify a span without making a text. */
  readonly identity: SpanIdentity
  /** Nanoseconds since the Unix epoch. */
  readonly startUnixNano: bigint
  readonly endUnixNano: bigint
  /** Milliseconds since the Unix epoch, to within a microsecond. */
  readonly startUnixMillis: number
  /** From start to end, in seconds; 0 if the span lacks one of them, or a clock ran backwards. */
  readonly durationSeconds: number
  readonly status: SpanStatus
  events(): readonly SpanEventView[]
  hasEvent(name: string): boolean
}

/** A span of a batch of bytes, from which attributes can be cut. */
export interface EditableSpan extends SpanView {
  /** Byte ranges (start, end, start, end, ...) of the attributes that `isNamed` chooses, in order. */
  rangesOf(isNamed: (name: string) => boolean): number[]
}

/** Reads and edits one batch at a time; `scan` begins a new one. */
export interface TracesCodec {
  readonly table: SpanTable
  /** Finds the spans. Throws `InvalidTracesError` on bytes that are not an ExportTraceServiceRequest. */
  scan(body: Buffer): void
  /** Reads a span by its row in the table. Valid until the next `read` or `scan`. */
  read(span: number): EditableSpan
  /** The scope name of the span in a row, which takes less time than a `read`. */
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
  /** The edited batch, at the start of `memory`, which begins with the body, if it fits, otherwise of a pooled buffer. */
  finish(pool: BufferPool, memory?: Buffer): { buffer: Buffer; length: number }
}

/** Appends attributes to a span. */
export interface AttributeWriter {
  string(name: string, value: string): void
  /** Always writes a double, even for a whole number: the type of a column must not depend on its values. */
  double(name: string, value: number): void
  int(name: string, value: number): void
  /** Writes the attributes of a block with these numbers as its doubles. */
  block(block: AttributeBlock, doubles: ArrayLike<number>): void
}
