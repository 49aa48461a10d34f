import { totalmem } from 'node:os'
import type { DuckDBConnection } from '@duckdb/node-api'
import { createAppendBatch } from './append-batch.ts'
import { Database } from './database.ts'
import { DEFAULT_REQUIRED_KEYS } from './dimensions.ts'
import { exportCalls } from './export-calls.ts'
import type { Ledger, LedgerOptions, LedgerReader } from './ledger.ts'
import { SCHEMA_VERSION } from './migrations.ts'
import { readContents, readDimensions, readDimensionValues, readTotal, readTrace } from './read-ledger.ts'
import { readOnlySql } from './read-only-sql.ts'
import { createRetention } from './retention.ts'
import { runView } from './run-view.ts'

export async function openDuckdbLedger(options: LedgerOptions): Promise<Ledger> {
  const {
    path,
    readOnly = false,
    retention,
    requiredKeys = DEFAULT_REQUIRED_KEYS,
    memoryLimit = defaultMemoryLimit(),
  } = options
  const database = await Database.open({ path, readOnly, memoryLimit: Math.max(memoryLimit, LEAST_MEMORY) })
  const appendBatch = createAppendBatch()
  const forget = createRetention(retention)
  const opened = Date.now().toString(36)
  let changes = 0
  const reader = (signal?: AbortSignal): LedgerReader => {
    const read = <T>(use: (connection: DuckDBConnection) => Promise<T>): Promise<T> =>
      database.read(use, signal)
    return {
      view: (name, query = {}) =>
        read((connection) => runView(connection, name, query, { now: new Date(), requiredKeys })),
      total: (selection = {}) => read((connection) => readTotal(connection, selection)),
      contents: () => read(readContents),
      dimensions: () => read(readDimensions),
      dimensionValues: (name, query = {}) =>
        read((connection) => readDimensionValues(connection, name, query)),
      trace: (traceId) => read((connection) => readTrace(connection, traceId)),
      sql: (statement, limit = 10_000) => read((connection) => readOnlySql(connection, statement, limit)),
      export: (format, selection = {}) =>
        read((connection) => exportCalls(connection, database.exportDirectory, format, selection)),
    }
  }
  return {
    ...reader(),
    reader,
    path,
    schemaVersion: SCHEMA_VERSION,
    retention,
    requiredKeys,
    get revision() {
      return `${opened}-${changes}`
    },
    async append(spans) {
      await database.write(async (connection) => {
        await appendBatch(connection, spans)
        await forget(connection)
      })
      changes++
    },
    close: () => database.close(),
  }
}

/** With less, DuckDB can't checkpoint: every row group needs a block for each column. */
const LEAST_MEMORY = 128 * 2 ** 20

/** A quarter of the memory of the container or, without one, of the machine. */
function defaultMemoryLimit(): number {
  const available = Math.min(process.constrainedMemory() || Number.POSITIVE_INFINITY, totalmem())
  return Math.min(2 ** 30, Math.floor(available / 4))
}
