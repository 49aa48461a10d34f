import type { DuckDBConnection } from '@duckdb/node-api'
import { assignSharedColumns, readSharedColumns, type SharedColumns } from './business-keys.ts'
import { type SettledSpan, type StoredColumn, storedColumns } from './columns.ts'
import { distinctSpans } from './distinct-spans.ts'
import { fillInFromWrappers } from './fill-in-from-wrappers.ts'
import { fillInStored } from './fill-in-stored.ts'
import { RowAppender } from './row-appender.ts'
import { findStored, settle } from './settle.ts'
import type { LedgerSpan } from './types.ts'

/** What is kept from batch to batch. */
interface Writer {
  readonly connection: DuckDBConnection
  readonly shared: SharedColumns
  readonly columns: readonly StoredColumn[]
  readonly calls: RowAppender<SettledSpan>
  readonly uncounted: RowAppender<SettledSpan>
}

/**
 * Writes a batch in one transaction: all of it or nothing. A span that is there already, by (trace id, span id), is not
 * written twice; it fills in what was unknown. Traces that the batch touches are settled again.
 */
export function createAppendBatch(): (
  connection: DuckDBConnection,
  spans: readonly LedgerSpan[],
) => Promise<void> {
  let writer: Writer | undefined
  return async (connection, spans) => {
    const distinct = distinctSpans(spans)
    if (distinct.length === 0) return
    if (writer?.connection !== connection) writer = undefined
    await connection.run('BEGIN')
    try {
      writer = await openWriter(connection, writer, distinct)
      await appendDistinct(writer, distinct)
      await connection.run('COMMIT')
    } catch (error) {
      // The columns that the batch assigned to keys are rolled back with it.
      writer = undefined
      await connection.run('ROLLBACK').catch(() => {})
      throw error
    }
  }
}

async function openWriter(
  connection: DuckDBConnection,
  before: Writer | undefined,
  spans: readonly LedgerSpan[],
): Promise<Writer> {
  const known = before?.shared ?? (await readSharedColumns(connection))
  const shared = await assignSharedColumns(connection, known, spans)
  if (before !== undefined && shared.size === known.size) return before
  before?.calls.close()
  before?.uncounted.close()
  const columns = storedColumns(shared)
  const open = (name: string): Promise<RowAppender<SettledSpan>> =>
    RowAppender.open(connection, { schema: 'storage', name }, columns)
  return { connection, shared, columns, calls: await open('calls'), uncounted: await open('uncounted') }
}

async function appendDistinct(writer: Writer, spans: readonly LedgerSpan[]): Promise<void> {
  const { connection, columns } = writer
  const copies = await findStored(connection, spans)
  if (copies.length > 0) await fillInStored(connection, columns, copies)
  const settled = await settle(connection, spans)
  await writer.calls.append(settled.filter(({ settled: { role } }) => role === 'own'))
  await writer.uncounted.append(settled.filter(({ settled: { role } }) => role !== 'own'))
  await fillInFromWrappers(connection, columns)
}
