import type { DuckDBConnection } from '@duckdb/node-api'
import { type StoredColumn, UNSETTLED } from './columns.ts'
import { appendRows } from './row-appender.ts'
import { TABLES, type Table } from './tables.ts'
import type { LedgerSpan } from './types.ts'

/** A copy of a span that is stored changes nothing that is known; it fills in what was not. Reads the table `known`. */
export async function fillInStored(
  connection: DuckDBConnection,
  columns: readonly StoredColumn[],
  copies: readonly LedgerSpan[],
): Promise<void> {
  await connection.run('CREATE OR REPLACE TEMP TABLE copies AS FROM storage.calls LIMIT 0')
  const rows = copies.map((span) => ({ span, settled: { ...UNSETTLED, role: span.role } }))
  await appendRows(connection, { name: 'copies' }, columns, rows)
  for (const table of TABLES) await connection.run(updateStatement(columns, table))
}

/** What a copy can't fill in: the identity, what is derived from it, and what is merged or settled. */
const NOT_FILLED: ReadonlySet<string> = new Set([
  ...'trace_id span_id started hour duration_us duration_bucket name role business unpriced'.split(' '),
  ...'previous_in_run outer_workflows trace_cost trace_calls trace_minutes'.split(' '),
])

/**
 * SQL that sets unknown columns of `stored` to what another row knows, business keys one by one, and a condition for
 * whether there may be any.
 */
export function filledFrom(other: string, columns: readonly StoredColumn[]): { sets: string; adds: string } {
  const filled = columns.map(({ name, ofCost = false, unknown = 'NULL' }) => ({
    name,
    isUnknown: ofCost ? 'stored.cost IS NULL' : `stored.${name} IS NOT DISTINCT FROM ${unknown}`,
    isKnown: `${other}.${name} IS DISTINCT FROM ${unknown}`,
  }))
  const sets = filled.map(
    ({ name, isUnknown }) => `${name} = if(${isUnknown}, ${other}.${name}, stored.${name})`,
  )
  const adds = filled.map(({ isUnknown, isKnown }) => `(${isUnknown} AND ${isKnown})`)
  const business = `coalesce(json_merge_patch(${other}.business, stored.business)::VARCHAR, stored.business, ${other}.business)`
  return {
    sets: [...sets, `business = ${business}`].join(',\n  '),
    adds: [`stored.business IS DISTINCT FROM ${other}.business`, ...adds].join(' OR '),
  }
}

function updateStatement(columns: readonly StoredColumn[], table: Table): string {
  const { sets, adds } = filledFrom(
    'copies',
    columns.filter(({ name }) => !NOT_FILLED.has(name)),
  )
  return `
UPDATE storage.${table} AS stored
SET
  ${sets},
  unpriced = CASE WHEN coalesce(stored.cost, copies.cost) IS NULL THEN coalesce(nullif(stored.unpriced, ''), copies.unpriced) ELSE '' END,
  role = CASE WHEN 'wrapper' IN (stored.role, copies.role) THEN 'wrapper' WHEN 'own' IN (stored.role, copies.role) THEN 'own' ELSE stored.role END
FROM copies, known
WHERE known.trace_id = copies.trace_id AND known.span_id = copies.span_id
  AND known.held_in = '${table}' AND stored.rowid = known.row_id
  AND (stored.role IS DISTINCT FROM copies.role OR ${adds})`
}
