import { type DuckDBConnection, type DuckDBValue, LIST, listValue, VARCHAR } from '@duckdb/node-api'
import type { BoundSql, SqlRow } from './query.ts'
import { sqlFile } from './sql-file.ts'

export interface CacheLossesQuery {
  /** Relations of a WITH clause: `matching`, each call under its `key`. */
  readonly relations: BoundSql
  /** The dimension that is the key. */
  readonly by: string | null
}

const LINE = 'hash(model, feature, hour // 24)'

/** Dimensions of which a line has one value. */
const TOLD_BY_LINE: ReadonlySet<string | null> = new Set(['model', 'feature'])

const TOKENS_OF_LINES = 'FROM caching'

/** Where a line has calls of several keys, each call is seen again: keys and lines together may be as many as calls. */
const TOKENS_OF_CALLS = `
SELECT
  calls.key,
  if(cache_read_tokens = 0 AND coalesce(cache_write_tokens, 0) = 0, input_tokens, 0) AS missed_tokens,
  cache_write_tokens AS write_tokens,
  lost_by_miss,
  lost_by_write
FROM (SELECT *, ${LINE} AS line FROM matching) AS calls
JOIN caching USING (line)`

/** Adds to the rows of the view `cache`, and to their totals, what was lost; see sql/cache-losses.sql. */
export async function addCacheLosses(
  connection: DuckDBConnection,
  rows: readonly SqlRow[],
  { relations, by }: CacheLossesQuery,
): Promise<SqlRow[]> {
  const [first] = rows
  if (!isMoreThanZero(first?.total_cache_read_tokens) && !isMoreThanZero(first?.total_cache_write_tokens))
    return [...rows]
  const sql = sqlFile('cache-losses.sql')
    .replace('{{line}}', LINE)
    .replace('{{tokens}}', TOLD_BY_LINE.has(by) ? TOKENS_OF_LINES : TOKENS_OF_CALLS)
  const result = await connection.runAndReadAll(
    `WITH ${relations.sql} SELECT * FROM (${sql})`,
    { ...relations.values, shown: listValue(rows.map(({ key }) => key!)) },
    { shown: LIST(VARCHAR) },
  )
  const losses = new Map(result.getRowObjects().map(({ key, ...lost }) => [key, lost]))
  const total = Object.entries(losses.get(null)!).map(([name, amount]) => [`total_${name}`, amount])
  return rows.map((row) => ({ ...row, ...losses.get(row.key!), ...Object.fromEntries(total) }))
}

function isMoreThanZero(tokens: DuckDBValue | undefined): boolean {
  return typeof tokens === 'bigint' && tokens > 0n
}
