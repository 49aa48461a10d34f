import {
  type DuckDBConnection,
  DuckDBDataChunk,
  DuckDBTimestampValue,
  type DuckDBValue,
} from '@duckdb/node-api'
import { assignSharedColumns } from './business-keys.ts'
import { type StoredColumn, storedColumns } from './columns.ts'
import { LedgerError } from './errors.ts'
import { sqlFile } from './sql-file.ts'
import type { LedgerSpan } from './types.ts'

/** DuckDB's own vector size: a chunk can't be larger. */
const CHUNK_ROWS = 2048
/** How far apart in time spans of one trace may start. */
const TRACE_WINDOW_NANO = 86_400_000_000_000n

/** The tables that hold spans. */
const TABLES = ['calls', 'uncounted'] as const

/**
 * Writes a batch in one transaction: all of it or nothing. A span that is there already, by (trace id, span id), is not
 * written twice; it fills in what was unknown. Traces that the batch touches are settled again.
 */
export async function appendBatch(connection: DuckDBConnection, spans: readonly LedgerSpan[]): Promise<void> {
  const distinct = distinctSpans(spans)
  if (distinct.length === 0) return
  await connection.run('BEGIN')
  try {
    const columns = storedColumns(await assignSharedColumns(connection, distinct))
    await fillIncoming(connection, columns, distinct)
    await connection.run(sqlFile('append/known.sql'), traceWindow(distinct))
    if (await any(connection, 'FROM known SEMI JOIN incoming USING (trace_id, span_id)')) {
      for (const table of TABLES) await connection.run(fillIn(columns, table))
      await connection.run(DROP_DUPLICATES)
    }
    await connection.run(sqlFile('append/touched.sql'))
    await connection.run(sqlFile('append/settle.sql'))
    if (await any(connection, 'FROM settled WHERE row_id IS NOT NULL AND changed')) {
      for (const table of TABLES) await takeOutChanged(connection, columns, table)
    }
    await connection.run(sqlFile('append/insert.sql'))
    await connection.run('COMMIT')
  } catch (error) {
    await connection.run('ROLLBACK').catch(() => {})
    throw error
  }
}

async function any(connection: DuckDBConnection, from: string): Promise<boolean> {
  return (await connection.runAndReadAll(`SELECT 1 ${from} LIMIT 1`)).currentRowCount > 0
}

async function fillIncoming(
  connection: DuckDBConnection,
  columns: readonly StoredColumn[],
  spans: readonly LedgerSpan[],
): Promise<void> {
  const definitions = columns.map(({ name, type }) => `${name} ${type}`)
  await connection.run(`CREATE OR REPLACE TEMP TABLE incoming (${definitions.join(', ')})`)
  const types = columns.map(({ type }) => type)
  const appender = await connection.createAppender('incoming')
  const values: DuckDBValue[] = []
  try {
    for (let first = 0; first < spans.length; first += CHUNK_ROWS) {
      const size = Math.min(CHUNK_ROWS, spans.length - first)
      const chunk = DuckDBDataChunk.create(types, size)
      for (const [index, column] of columns.entries()) {
        values.length = size
        for (let row = 0; row < size; row++) values[row] = column.read(spans[first + row]!)
        chunk.setColumnValues(index, values)
      }
      appender.appendDataChunk(chunk)
      // A large batch gives the event loop a turn between chunks.
      await new Promise(setImmediate)
    }
  } finally {
    appender.closeSync()
  }
}

/** What a duplicate may not add: the identity, what is read off it, and what is merged or settled. */
const NOT_FILLED: ReadonlySet<string> = new Set(
  'trace_id span_id started hour duration_us duration_bucket name role business unpriced'.split(' '),
)

/** A duplicate changes nothing that is known; it fills in what was not. */
function fillIn(columns: readonly StoredColumn[], table: (typeof TABLES)[number]): string {
  const filled = columns
    .filter(({ name }) => !NOT_FILLED.has(name))
    .map(({ name, unknown = 'NULL' }) => ({
      set: `${name} = if(stored.${name} IS NOT DISTINCT FROM ${unknown}, incoming.${name}, stored.${name})`,
      adds: `(stored.${name} IS NOT DISTINCT FROM ${unknown} AND incoming.${name} IS DISTINCT FROM ${unknown})`,
    }))
  return `
UPDATE storage.${table} AS stored
SET
  ${filled.map(({ set }) => set).join(',\n  ')},
  business = coalesce(json_merge_patch(incoming.business, stored.business)::VARCHAR, stored.business, incoming.business),
  unpriced = CASE WHEN coalesce(stored.cost, incoming.cost) IS NULL THEN coalesce(nullif(stored.unpriced, ''), incoming.unpriced) ELSE '' END,
  role = CASE WHEN 'wrapper' IN (stored.role, incoming.role) THEN 'wrapper' WHEN 'own' IN (stored.role, incoming.role) THEN 'own' ELSE stored.role END
FROM incoming, known
WHERE known.trace_id = incoming.trace_id AND known.span_id = incoming.span_id
  AND known.held_in = '${table}' AND stored.rowid = known.row_id
  AND (
    stored.role IS DISTINCT FROM incoming.role OR stored.business IS DISTINCT FROM incoming.business
    OR ${filled.map(({ adds }) => adds).join(' OR ')}
  )`
}

const DROP_DUPLICATES =
  'DELETE FROM incoming USING known WHERE known.trace_id = incoming.trace_id AND known.span_id = incoming.span_id'

/** Stored spans that this batch has told more about are written anew with it, into the table where they belong now. */
async function takeOutChanged(
  connection: DuckDBConnection,
  columns: readonly StoredColumn[],
  table: (typeof TABLES)[number],
): Promise<void> {
  const changed = `rowid IN (SELECT row_id FROM settled WHERE held_in = '${table}' AND changed)`
  const names = columns.map(({ name }) => name).join(', ')
  await connection.run(`INSERT INTO incoming SELECT ${names} FROM storage.${table} WHERE ${changed}`)
  await connection.run(`DELETE FROM storage.${table} WHERE ${changed}`)
}

const TRACE_ID = /^(?!0+$)[0-9a-f]{32}$/
const SPAN_ID = /^(?!0+$)[0-9a-f]{16}$/

/** Each (trace id, span id) once, the first seen; a later copy in the same batch fills in what the first did not know. */
function distinctSpans(spans: readonly LedgerSpan[]): LedgerSpan[] {
  const distinct = new Map<string, LedgerSpan>()
  for (const span of spans) {
    if (!TRACE_ID.test(span.traceId) || !SPAN_ID.test(span.spanId)) {
      throw new LedgerError(
        'ledger_invalid_span',
        `span ids must be 32 and 16 hex digits, not '${span.traceId}' and '${span.spanId}'`,
      )
    }
    const id = span.traceId + span.spanId
    const first = distinct.get(id)
    distinct.set(id, first === undefined ? span : mergeSpans(first, span))
  }
  return [...distinct.values()]
}

function mergeSpans(first: LedgerSpan, second: LedgerSpan): LedgerSpan {
  const roles = [first.role, second.role]
  return {
    ...second,
    ...first,
    role: roles.includes('wrapper') ? 'wrapper' : roles.includes('own') ? 'own' : 'ancestor',
    usage: { ...second.usage, ...first.usage },
    business: { ...second.business, ...first.business },
  }
}

function traceWindow(spans: readonly LedgerSpan[]): Record<string, DuckDBTimestampValue> {
  let earliest = spans[0]!.startUnixNano
  let latest = earliest
  for (const { startUnixNano } of spans) {
    if (startUnixNano < earliest) earliest = startUnixNano
    if (startUnixNano > latest) latest = startUnixNano
  }
  return {
    earliest: new DuckDBTimestampValue((earliest - TRACE_WINDOW_NANO) / 1000n),
    latest: new DuckDBTimestampValue((latest + TRACE_WINDOW_NANO) / 1000n),
  }
}
