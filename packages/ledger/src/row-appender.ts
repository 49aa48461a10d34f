import {
  type DuckDBAppender,
  type DuckDBConnection,
  DuckDBDataChunk,
  type DuckDBType,
} from '@duckdb/node-api'
import { writeVector } from './write-vector.ts'

/** One column of the rows that are written. */
export interface Column<Row> {
  readonly name: string
  readonly type: DuckDBType
  /** In the form that `writeVector` takes for the type; `null` is NULL. */
  read(row: Row): unknown
}

export interface TableName {
  readonly schema?: string
  readonly name: string
}

/** DuckDB's own vector size: a chunk can't be larger. */
const CHUNK_ROWS = 2048

/**
 * Appends rows to a table. For a wide table it holds megabytes that only the garbage collector frees, which doesn't
 * know about their size: keep it if it is needed again.
 */
export class RowAppender<Row> {
  readonly #appender: DuckDBAppender
  readonly #columns: readonly Column<Row>[]
  readonly #chunk: DuckDBDataChunk
  readonly #values: unknown[] = []

  private constructor(appender: DuckDBAppender, columns: readonly Column<Row>[]) {
    this.#appender = appender
    this.#columns = columns
    this.#chunk = DuckDBDataChunk.create(columns.map(({ type }) => type))
  }

  /** For a table that has these columns, in this order. */
  static async open<Row>(
    connection: DuckDBConnection,
    { schema, name }: TableName,
    columns: readonly Column<Row>[],
  ): Promise<RowAppender<Row>> {
    return new RowAppender(await connection.createAppender(name, schema), columns)
  }

  async append(rows: readonly Row[]): Promise<void> {
    for (let first = 0; first < rows.length; first += CHUNK_ROWS) {
      this.#fillChunk(rows, first, Math.min(CHUNK_ROWS, rows.length - first))
      this.#writeChunk()
      // A large batch gives the event loop a turn between chunks.
      await new Promise(setImmediate)
    }
  }

  #writeChunk(): void {
    try {
      this.#appender.appendDataChunk(this.#chunk)
      this.#appender.flushSync()
    } catch (error) {
      // Otherwise the rows would be written when the appender closes, even if the transaction failed.
      this.#appender.clear()
      throw error
    }
  }

  #fillChunk(rows: readonly Row[], first: number, size: number): void {
    this.#chunk.reset()
    this.#chunk.rowCount = size
    this.#values.length = size
    for (const [index, column] of this.#columns.entries()) {
      for (let row = 0; row < size; row++) this.#values[row] = column.read(rows[first + row]!)
      writeVector(this.#chunk, index, column.type, this.#values)
    }
  }

  close(): void {
    this.#appender.closeSync()
  }
}

/** Appends rows to a table that is not appended to again. */
export async function appendRows<Row>(
  connection: DuckDBConnection,
  table: TableName,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
): Promise<void> {
  const appender = await RowAppender.open(connection, table, columns)
  try {
    await appender.append(rows)
  } finally {
    appender.close()
  }
}
