const SPAN_COLUMNS = 11
const CONTAINER_COLUMNS = 6
/** A table that one huge batch has made grow beyond this is not kept. */
const LARGEST_KEPT_TABLE = 65_536

/** Columns of a span's row. Positions are byte offsets into the body; ids are 32-bit words, zeros if there is none. */
export const SpanColumn = {
  /** Where the length prefix begins; in JSON, where the value of `attributes` begins, or -1. */
  lengthStart: 0,
  start: 1,
  end: 2,
  scope: 3,
  traceIdStart: 4,
  /** Where attributes can be appended. */
  appendAt: 5,
  traceIdWord: 6,
  spanIdHigh: 7,
  spanIdLow: 8,
  parentIdHigh: 9,
  parentIdLow: 10,
} as const

/** Columns of a resource's or scope's row. */
export const ContainerColumn = {
  /** Where the length prefix begins; in JSON, where the value of its `resource` or `scope` member begins, or -1. */
  lengthStart: 0,
  start: 1,
  end: 2,
  parent: 3,
  /** In protobuf: from the first to the last of its `resource` or `scope` fields; empty if it has none. */
  selfStart: 4,
  selfEnd: 5,
} as const

/** Where everything is in a batch, as numbers in columns, so that no object is made for a span. Reused for each batch. */
export class SpanTable {
  readonly spans: Rows = new Rows(SPAN_COLUMNS)
  readonly scopes: Rows = new Rows(CONTAINER_COLUMNS)
  readonly resources: Rows = new Rows(CONTAINER_COLUMNS)
  /** The number of all spans; a span with neither an id nor a GenAI key has no row. */
  spanCount = 0
  /** Row numbers of the spans that have a GenAI key. */
  readonly genAiSpans: number[] = []

  clear(): void {
    this.spans.clear()
    this.scopes.clear()
    this.resources.clear()
    this.spanCount = 0
    this.genAiSpans.length = 0
  }

  /** Adds a span that doesn't come as bytes, by its ids in hex. */
  addSpan(traceId: string, spanId: string, parentSpanId: string): void {
    this.spanCount++
    const row = this.spans.add()
    const { values } = this.spans
    values.fill(0, row, row + SPAN_COLUMNS)
    values[row + SpanColumn.traceIdWord] = word(traceId, 24)
    values[row + SpanColumn.spanIdHigh] = word(spanId, 0)
    values[row + SpanColumn.spanIdLow] = word(spanId, 8)
    values[row + SpanColumn.parentIdHigh] = word(parentSpanId, 0)
    values[row + SpanColumn.parentIdLow] = word(parentSpanId, 8)
  }
}

/** Eight hex digits of an id as a 32-bit word; 0 for an empty id. */
function word(id: string, start: number): number {
  return id === '' ? 0 : Number.parseInt(id.slice(start, start + 8), 16) | 0
}

/** A growable table of 32-bit integers. */
export class Rows {
  readonly width: number
  values: Int32Array
  count = 0

  constructor(width: number) {
    this.width = width
    this.values = new Int32Array(width * 64)
  }

  clear(): void {
    this.count = 0
    if (this.values.length > LARGEST_KEPT_TABLE * this.width) this.values = new Int32Array(this.width * 64)
  }

  /** Appends a row, all of whose columns have to be written, and returns its offset in `values`. */
  add(): number {
    const offset = this.count++ * this.width
    if (offset + this.width > this.values.length) {
      const grown = new Int32Array(this.values.length * 2)
      grown.set(this.values)
      this.values = grown
    }
    return offset
  }

  get(row: number, column: number): number {
    return this.values[row * this.width + column]!
  }
}
