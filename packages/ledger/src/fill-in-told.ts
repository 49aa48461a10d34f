import type { DuckDBConnection, DuckDBTimestampValue } from '@duckdb/node-api'
import type { StoredColumn } from './columns.ts'
import { BUSINESS_COLUMNS } from './dimensions.ts'
import { filledFrom } from './fill-in-stored.ts'

const OF_BUSINESS: ReadonlySet<string> = new Set(BUSINESS_COLUMNS.map(({ column }) => column))

/**
 * Fills in for whom a call was if a gateway reports it: from the caller's own span of the same call, which isn't
 * counted. Reads the table `settled`.
 */
export async function fillInTold(
  connection: DuckDBConnection,
  columns: readonly StoredColumn[],
  window: Record<'earliest' | 'latest', DuckDBTimestampValue>,
): Promise<void> {
  const told = await connection.runAndReadAll('SELECT 1 FROM settled WHERE told_by IS NOT NULL LIMIT 1')
  if (told.currentRowCount === 0) return
  const { sets, adds } = filledFrom(
    'teller',
    columns.filter(({ name }) => OF_BUSINESS.has(name) || name.startsWith('business_')),
  )
  await connection.run(
    `
UPDATE storage.calls AS stored
SET
  ${sets}
FROM settled, storage.uncounted AS teller
WHERE settled.told_by IS NOT NULL
  AND stored.trace_id = settled.trace_id AND stored.span_id = settled.span_id
  AND teller.trace_id = settled.trace_id AND teller.span_id = settled.told_by
  AND stored.started BETWEEN $earliest AND $latest AND teller.started BETWEEN $earliest AND $latest
  AND (${adds})`,
    window,
  )
}
