import { type DuckDBConnection, DuckDBDataChunk, type DuckDBType } from '@duckdb/node-api'
import { writeVector } from './write-vector.ts'

/** One column of the rows that are written. */
export interface Column<Row> {
  readonly name: string
  readonly type: DuckDBType
  /** In the form that `writeVector` takes for the type; `null` is NULL. */
  read(row: Row): unknown
}

/** DuckDB's own vector size: a chunk can't be larger. */
const CHUNK_ROWS = 2048

/** Appends rows to a table that has these columns, in this order. */
export async function appendRows<Row>(
  connection: DuckDBConnection,
  table: { readonly schema?: string; readonly name: string },
  columns: readonly Column<Row>[],
  rows: readonly Row[],
): Promise<void> {
  if (rows.length === 0) return
  const appender = await connection.createAppender(table.name, table.schema)
  try {
    const chunk = DuckDBDataChunk.create(columns.map(({ type }) => type))
    const values: unknown[] = []
    for (let first = 0; first < rows.length; first += CHUNK_ROWS) {
      const size = Math.min(CHUNK_ROWS, rows.length - first)
      chunk.reset()
      chunk.rowCount = size
      values.length = size
      for (const [index, column] of columns.entries()) {
        for (let row = 0; row < size; row++) values[row] = column.read(rows[first + row]!)
        writeVector(chunk, index, column.type, values)
      }
      appender.appendDataChunk(chunk)
      // Without, closing would write all of a large batch at once: the event loop gets a turn between chunks.
      appender.flushSync()
      await new Promise(setImmediate)
    }
  } finally {
    appender.closeSync()
  }
}
