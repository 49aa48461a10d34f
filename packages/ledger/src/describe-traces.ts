import type { DuckDBConnection, DuckDBTimestampValue, DuckDBValue } from '@duckdb/node-api'
import { TABLES } from './tables.ts'

type SqlRow = Record<string, DuckDBValue>

/** Of more traces than this, one pass over everything is planned sooner than a look at each. */
const LOOKED_AT = 100

const HOUR_MICROSECONDS = 3_600_000_000n

const COLUMNS = 'trace_id, span_id, started, duration_us, name, role, status, feature, tenant, model'

/**
 * Adds to each trace what its spans tell: when it ran, what it is called, whom and what it was for. A trace has the time
 * `started` of a call of it, and in how many hours around that all of it is.
 */
export async function describeTraces(
  connection: DuckDBConnection,
  traces: readonly SqlRow[],
): Promise<SqlRow[]> {
  if (traces.length === 0) return []
  const result = await connection.runAndReadAll(`
    SELECT
      replace(trace_id::VARCHAR, '-', '') AS trace_id,
      arg_min(name, (started, span_id)) AS name,
      min(started) AS started,
      max(epoch_us(started) + duration_us) - min(epoch_us(started)) AS elapsed_us,
      string_agg(DISTINCT nullif(feature, ''), ', ' ORDER BY nullif(feature, '')) AS features,
      string_agg(DISTINCT nullif(tenant, ''), ', ' ORDER BY nullif(tenant, '')) AS tenants,
      string_agg(DISTINCT nullif(model, ''), ', ' ORDER BY nullif(model, '')) AS models,
      count(*) FILTER (role = 'own' AND status = 'error') AS errors
    FROM (${traces.length > LOOKED_AT ? spansOf(traces) : spansInTime(traces)})
    GROUP BY trace_id`)
  const described = new Map(result.getRowObjects().map((row) => [String(row.trace_id), row]))
  return traces.map((trace) => ({ ...trace, ...described.get(String(trace.trace_id)) }))
}

function spansOf(traces: readonly SqlRow[]): string {
  const ids = traces.map(({ trace_id }) => `'${trace_id}'::UUID`).join(', ')
  return TABLES.map((table) => `SELECT ${COLUMNS} FROM storage.${table} WHERE trace_id IN (${ids})`).join(
    ' UNION ALL ',
  )
}

/** A list of ids alone lets DuckDB skip no row; a time does. */
function spansInTime(traces: readonly SqlRow[]): string {
  return traces
    .flatMap(({ trace_id, started, trace_hours }) => {
      const { micros } = started as DuckDBTimestampValue
      const reach = (trace_hours as bigint) * HOUR_MICROSECONDS
      const ran = `started BETWEEN make_timestamp(${micros - reach}) AND make_timestamp(${micros + reach})`
      return TABLES.map(
        (table) => `SELECT ${COLUMNS} FROM storage.${table} WHERE ${ran} AND trace_id = '${trace_id}'`,
      )
    })
    .join(' UNION ALL ')
}
