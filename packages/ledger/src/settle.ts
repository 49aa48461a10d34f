import {
  type DuckDBConnection,
  type DuckDBDecimalValue,
  type DuckDBListValue,
  DuckDBTimestampValue,
  INTEGER,
} from '@duckdb/node-api'
import { SETTLING_COLUMNS, type SettledSpan } from './columns.ts'
import { appendRows } from './row-appender.ts'
import { sqlFile } from './sql-file.ts'
import { TABLES } from './tables.ts'
import type { LedgerSpan } from './types.ts'

/** How far apart in time spans of one trace may start. */
const TRACE_WINDOW_NANO = 86_400_000_000_000n

/**
 * Traces with up to this many stored spans are settled again, which takes half a second. Of a longer one, what is
 * stored stays as it is, and what comes later is treated as a trace of its own.
 */
const LONGEST_TRACE = 50_000

interface Placed {
  readonly span: LedgerSpan
  readonly position: number
}

const INCOMING_COLUMNS = [
  { name: 'position', type: INTEGER, read: ({ position }: Placed) => position },
  ...SETTLING_COLUMNS.map((column) => ({ ...column, read: ({ span }: Placed) => column.read(span) })),
]

/**
 * Which of these spans are stored already. Leaves two temporary tables: `incoming` has the columns of the new spans by
 * which their traces are settled, and `known` says where the stored spans of these traces are.
 */
export async function findStored(
  connection: DuckDBConnection,
  spans: readonly LedgerSpan[],
): Promise<LedgerSpan[]> {
  const definitions = INCOMING_COLUMNS.map(({ name, type }) => `${name} ${type}`)
  await connection.run(`CREATE OR REPLACE TEMP TABLE incoming (${definitions.join(', ')})`)
  const placed = spans.map((span, position) => ({ span, position }))
  await appendRows(connection, { name: 'incoming' }, INCOMING_COLUMNS, placed)
  await connection.run(sqlFile('append/known.sql'), traceWindow(spans))
  const copies = await connection.runAndReadAll(
    'SELECT position FROM incoming SEMI JOIN known USING (trace_id, span_id)',
  )
  if (copies.currentRowCount > 0) {
    await connection.run(
      'DELETE FROM incoming USING known WHERE known.trace_id = incoming.trace_id AND known.span_id = incoming.span_id',
    )
  }
  return copies.getRows().map(([position]) => spans[Number(position)]!)
}

/**
 * Settles every trace of `incoming`. Stored spans of which more is known now are rewritten, into the table where they
 * belong now. Returns the new spans in order of time: stored like that, a query for a range of time can skip the rest.
 */
export async function settle(
  connection: DuckDBConnection,
  spans: readonly LedgerSpan[],
): Promise<SettledSpan[]> {
  await connection.run(sqlFile('append/touched.sql'), { longest: LONGEST_TRACE })
  await connection.run(sqlFile('append/settle.sql'))
  await moveChanged(connection)
  const settled = await connection.runAndReadAll(sqlFile('append/settled-incoming.sql'))
  return settled
    .getRows()
    .map(([position, role, previousInRun, outerWorkflows, traceCost, traceCalls, traceMinutes]) => ({
      span: spans[position as number]!,
      settled: {
        role: role as LedgerSpan['role'],
        previousInRun: (previousInRun as DuckDBTimestampValue | null)?.micros ?? null,
        outerWorkflows: outerWorkflows as DuckDBListValue | null,
        traceCost: (traceCost as DuckDBDecimalValue | null)?.value ?? null,
        traceCalls: traceCalls as bigint,
        traceMinutes: traceMinutes as bigint,
      },
    }))
}

async function moveChanged(connection: DuckDBConnection): Promise<void> {
  const moves = await connection.runAndReadAll(
    `SELECT DISTINCT held_in, if(role = 'own', 'calls', 'uncounted') FROM settled WHERE row_id IS NOT NULL AND changed`,
  )
  for (const [heldIn, belongsIn] of moves.getRows()) {
    await connection.run(`
INSERT INTO storage.${belongsIn} BY NAME
SELECT stored.* REPLACE (
  settled.role AS role, settled.previous_in_run AS previous_in_run, settled.outer_workflows AS outer_workflows,
  settled.trace_cost AS trace_cost, settled.trace_calls AS trace_calls,
  settled.minutes AS trace_minutes
)
FROM storage.${heldIn} AS stored
JOIN (
  SELECT * FROM settled
  WHERE changed AND held_in = '${heldIn}' AND (role = 'own') = ('${belongsIn}' = 'calls')
) AS settled ON settled.row_id = stored.rowid
ORDER BY stored.started`)
  }
  for (const table of TABLES) {
    if (!moves.getRows().some(([heldIn]) => heldIn === table)) continue
    await connection.run(
      `DELETE FROM storage.${table} WHERE rowid IN (SELECT row_id FROM settled WHERE held_in = '${table}' AND changed)`,
    )
  }
}

/** The range of time in which all spans of their traces start. */
function traceWindow(spans: readonly LedgerSpan[]): Record<'earliest' | 'latest', DuckDBTimestampValue> {
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
