import type { DuckDBConnection, DuckDBTimestampValue, DuckDBValue } from '@duckdb/node-api'

type SqlRow = Record<string, DuckDBValue>

/** Of more traces than this, one pass over everything is planned sooner than a look at each. */
const LOOKED_AT = 100

const TABLES = ['storage.calls', 'storage.uncounted'] as const
const COLUMNS = 'trace_id, span_id, started, duration_us, name, role, status, feature, tenant, model'

/** Adds to each trace what its spans tell: when it ran, what it is called, whom and what it was for. */
export async function describeTraces(
  connection: DuckDBConnection,
  traces: readonly SqlRow[],
): Promise<SqlRow[]> {
  if (traces.length === 0) return []
  const ids = traces.map(({ trace_id }) => String(trace_id))
  const spans = ids.length > LOOKED_AT ? spansOf(ids) : await spansInTime(connection, ids)
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
    FROM (${spans})
    GROUP BY trace_id`)
  const described = new Map(result.getRowObjects().map((row) => [String(row.trace_id), row]))
  return traces.map((trace) => ({ ...trace, ...described.get(String(trace.trace_id)) }))
}

function spansOf(ids: readonly string[]): string {
  return TABLES.map((table) => `SELECT ${COLUMNS} FROM ${table} WHERE ${isOneOf(ids)}`).join(' UNION ALL ')
}

/**
 * Only the ids and times of everything are read; then, of the wide columns, the few rows of the time in which each trace
 * ran: a list of ids alone lets DuckDB skip no row.
 */
async function spansInTime(connection: DuckDBConnection, ids: readonly string[]): Promise<string> {
  const spans = TABLES.map((table) => `SELECT trace_id, started FROM ${table} WHERE ${isOneOf(ids)}`)
  const found = await connection.runAndReadAll(`
    SELECT replace(trace_id::VARCHAR, '-', ''), min(started), max(started)
    FROM (${spans.join(' UNION ALL ')})
    GROUP BY trace_id`)
  return found
    .getRows()
    .flatMap(([id, first, last]) => {
      const ran = `started BETWEEN ${literal(first)} AND ${literal(last)}`
      return TABLES.map((table) => `SELECT ${COLUMNS} FROM ${table} WHERE ${ran} AND trace_id = '${id}'`)
    })
    .join(' UNION ALL ')
}

function isOneOf(ids: readonly string[]): string {
  return `trace_id IN (${ids.map((id) => `'${id}'::UUID`).join(', ')})`
}

function literal(time: DuckDBValue | undefined): string {
  return `make_timestamp(${(time as DuckDBTimestampValue).micros})`
}
