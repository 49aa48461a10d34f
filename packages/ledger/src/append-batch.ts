import type { DuckDBConnection } from '@duckdb/node-api'
import { appendRows } from './append-rows.ts'
import { assignSharedColumns, readSharedColumns, type SharedColumns } from './business-keys.ts'
import { type StoredColumn, storedColumns } from './columns.ts'
import { distinctSpans } from './distinct-spans.ts'
import { fillInStored } from './fill-in-stored.ts'
import { findStored, settle } from './settle.ts'
import { TABLES } from './tables.ts'
import type { LedgerSpan } from './types.ts'

/**
 * Writes a batch in one transaction: all of it or nothing. A span that is there already, by (trace id, span id), is not
 * written twice; it fills in what was unknown. Traces that the batch touches are settled again.
 */
export type AppendBatch = (connection: DuckDBConnection, spans: readonly LedgerSpan[]) => Promise<void>

export function createAppendBatch(): AppendBatch {
  let shared: SharedColumns | undefined
  return async (connection, spans) => {
    const distinct = distinctSpans(spans)
    if (distinct.length === 0) return
    await connection.run('BEGIN')
    try {
      shared = await assignSharedColumns(
        connection,
        shared ?? (await readSharedColumns(connection)),
        distinct,
      )
      await appendDistinct(connection, storedColumns(shared), distinct)
      await connection.run('COMMIT')
    } catch (error) {
      // What was assigned is rolled back with the rest.
      shared = undefined
      await connection.run('ROLLBACK').catch(() => {})
      throw error
    }
  }
}

async function appendDistinct(
  connection: DuckDBConnection,
  columns: readonly StoredColumn[],
  spans: readonly LedgerSpan[],
): Promise<void> {
  const copies = await findStored(connection, spans)
  if (copies.length > 0) await fillInStored(connection, columns, copies)
  const settled = await settle(connection, spans)
  for (const table of TABLES) {
    const rows = settled.filter(({ settled: { role } }) => (role === 'own') === (table === 'calls'))
    await appendRows(connection, { schema: 'storage', name: table }, columns, rows)
  }
}
