import { type DuckDBConnection, type DuckDBValue, LIST, listValue, VARCHAR } from '@duckdb/node-api'
import type { SharedColumns } from './business-keys.ts'
import { dimensionExpression } from './dimensions.ts'
import type { BoundSql, SqlRow } from './query.ts'
import { sqlFile } from './sql-file.ts'

/** Keys are found in a list one by one; that pays for a page of them. */
const LISTED_KEYS = 255

export interface CacheLossesQuery {
  /** Relations of a WITH clause: `matching`, each call under its `key`. */
  readonly relations: BoundSql
  /** The dimension that is the key. */
  readonly by: string | null
  readonly shared: SharedColumns
}

/** Adds to the rows of the view `cache`, and to their totals, what was lost; see sql/cache-losses.sql. */
export async function addCacheLosses(
  connection: DuckDBConnection,
  rows: readonly SqlRow[],
  { relations, by, shared }: CacheLossesQuery,
): Promise<SqlRow[]> {
  const isWhole = rows.length === Number(rows[0]?.total_rows ?? 0) && rows.length <= LISTED_KEYS
  const cached = rows.filter(
    (row) => isMoreThanZero(row.cache_read_tokens) || isMoreThanZero(row.cache_write_tokens),
  )
  if (isWhole && cached.length === 0) return [...rows]
  const line = [
    ...new Set(['model', 'feature', 'hour // 24', ...(by === null ? [] : [dimensionExpression(by, shared)])]),
  ]
  const sql = sqlFile('cache-losses.sql')
    .replace('{{line}}', line.join(', '))
    .replace('{{cached}}', isWhole ? IS_LISTED : IS_CACHED)
  const result = await connection.runAndReadAll(
    `WITH ${relations.sql} SELECT * FROM (${sql})`,
    { ...relations.values, ...(isWhole && { cached: listValue(cached.map(({ key }) => key!)) }) },
    isWhole ? { cached: LIST(VARCHAR) } : {},
  )
  const losses = result.getRowObjects()
  const totals = Object.entries(losses[0] ?? {}).filter(([name]) => name.startsWith('total_'))
  const byKey = new Map(losses.map((loss) => [loss.key, loss]))
  return rows.map((row) => ({ ...row, ...Object.fromEntries(totals), ...byKey.get(row.key!) }))
}

/** Worked out once for each text in DuckDB's own dictionary of the key, not for each row. */
const IS_LISTED = 'list_contains($cached, key)'

const IS_CACHED = `key IN (
  SELECT key FROM matching WHERE cache_read_tokens > 0 GROUP BY key
  UNION ALL SELECT key FROM matching WHERE cache_write_tokens > 0 GROUP BY key
)`

function isMoreThanZero(tokens: DuckDBValue | undefined): boolean {
  return typeof tokens === 'bigint' && tokens > 0n
}
