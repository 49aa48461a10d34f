import type { DuckDBConnection } from '@duckdb/node-api'
import type { StoredColumn } from './columns.ts'
import { BUSINESS_COLUMNS } from './dimensions.ts'
import { filledFrom } from './fill-in-stored.ts'

const FILLED: ReadonlySet<string> = new Set([
  ...BUSINESS_COLUMNS.map(({ column }) => column),
  'agent',
  'conversation',
])

/**
 * Fills in for whom a call was if a gateway or an SDK reports it: from the caller's or the framework's own span of the
 * same call, which isn't counted. Reads the tables `settled` and `touched`.
 */
export async function fillInTold(
  connection: DuckDBConnection,
  columns: readonly StoredColumn[],
): Promise<void> {
  const told = await connection.runAndReadAll(`
SELECT min(started), max(started)
FROM touched
SEMI JOIN (FROM settled WHERE told_by IS NOT NULL) AS told USING (trace_id)`)
  const [earliest, latest] = told.getRows()[0]!
  if (earliest === null) return
  const { sets, adds } = filledFrom(
    'teller',
    columns.filter(({ name }) => FILLED.has(name) || name.startsWith('business_')),
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
    { earliest: earliest!, latest: latest! },
  )
}
