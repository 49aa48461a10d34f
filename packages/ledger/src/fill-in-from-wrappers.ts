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
 * Fills in for whom a call was that a gateway or an SDK reports, from its wrapper: the caller's or the framework's own
 * span of the same call, which isn't counted. Reads the tables `settled` and `touched`.
 */
export async function fillInFromWrappers(
  connection: DuckDBConnection,
  columns: readonly StoredColumn[],
): Promise<void> {
  const wrapped = await connection.runAndReadAll(`
SELECT min(started), max(started)
FROM touched
SEMI JOIN (FROM settled WHERE wrapper_id IS NOT NULL) AS wrapped USING (trace_id)`)
  const [earliest, latest] = wrapped.getRows()[0]!
  if (earliest === null) return
  const { sets, adds } = filledFrom(
    'wrapper',
    columns.filter(({ name }) => FILLED.has(name) || name.startsWith('business_')),
  )
  await connection.run(
    `
UPDATE storage.calls AS stored
SET
  ${sets}
FROM settled, storage.uncounted AS wrapper
WHERE settled.wrapper_id IS NOT NULL
  AND stored.trace_id = settled.trace_id AND stored.span_id = settled.span_id
  AND wrapper.trace_id = settled.trace_id AND wrapper.span_id = settled.wrapper_id
  AND stored.started BETWEEN $earliest AND $latest AND wrapper.started BETWEEN $earliest AND $latest
  AND (${adds})`,
    { earliest: earliest!, latest: latest! },
  )
}
