import type { DuckDBConnection, DuckDBTimestampValue } from '@duckdb/node-api'
import type { SqlRow } from './query.ts'
import { TABLES } from './tables.ts'

const MINUTE_MICROSECONDS = 60_000_000n
const HOUR_MICROSECONDS = 3_600_000_000n

const COLUMNS =
  'trace_id, span_id, parent_span_id, started, duration_us, name, role, status, feature, tenant, model'

/**
 * Adds what the spans of each trace tell: when it ran, the name of its root, for whom and what it was. A trace comes
 * with the time at which one of its calls started, and the minutes around it in which its spans start.
 */
export async function describeTraces(
  connection: DuckDBConnection,
  traces: readonly SqlRow[],
): Promise<SqlRow[]> {
  if (traces.length === 0) return []
  const result = await connection.runAndReadAll(`
    WITH spans AS MATERIALIZED (${spansOf(traces)})
    SELECT
      replace(spans.trace_id::VARCHAR, '-', '') AS trace_id,
      arg_min(name, (parent.span_id IS NOT NULL, started, spans.span_id)) AS name,
      min(started) AS started,
      max(epoch_us(started) + duration_us) - min(epoch_us(started)) AS elapsed_us,
      string_agg(DISTINCT nullif(feature, ''), ', ' ORDER BY nullif(feature, '')) AS features,
      string_agg(DISTINCT nullif(tenant, ''), ', ' ORDER BY nullif(tenant, '')) AS tenants,
      string_agg(DISTINCT nullif(model, ''), ', ' ORDER BY nullif(model, '')) AS models,
      count(*) FILTER (role = 'own' AND status = 'error') AS errors
    FROM spans
    LEFT JOIN (SELECT DISTINCT trace_id, span_id FROM spans) AS parent
    ON parent.trace_id = spans.trace_id AND parent.span_id = spans.parent_span_id
    GROUP BY spans.trace_id`)
  const described = new Map(result.getRowObjects().map((row) => [String(row.trace_id), row]))
  return traces.map((trace) => ({ ...trace, ...described.get(String(trace.trace_id)) }))
}

/**
 * With a list of ids alone, DuckDB would read all rows. It skips by hour, if the condition is a function that it
 * evaluates while reading.
 */
function spansOf(traces: readonly SqlRow[]): string {
  const ids = traces.map(({ trace_id }) => `'${trace_id}'::UUID`).join(', ')
  const hours = [...new Set(traces.flatMap(hoursOf))].join(', ')
  return TABLES.map(
    (table) => `SELECT ${COLUMNS} FROM storage.${table}
      WHERE list_contains([${hours}], hour) AND trace_id IN (${ids})`,
  ).join(' UNION ALL ')
}

function hoursOf({ started, trace_minutes }: SqlRow): bigint[] {
  const { micros } = started as DuckDBTimestampValue
  const reach = (trace_minutes as bigint) * MINUTE_MICROSECONDS
  const first = (micros - reach) / HOUR_MICROSECONDS
  const last = (micros + reach) / HOUR_MICROSECONDS
  return Array.from({ length: Number(last - first) + 1 }, (_, index) => first + BigInt(index))
}
