import {
  type DuckDBConnection,
  type DuckDBListValue,
  type DuckDBValue,
  LIST,
  listValue,
  VARCHAR,
} from '@duckdb/node-api'
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

/** Keys are found in a list one by one; that pays for a page of them. */
const LISTED_KEYS = 255

/** Adds to the rows of the view `cache`, and to their totals, what was lost; see sql/cache-losses.sql. */
export async function addCacheLosses(
  connection: DuckDBConnection,
  rows: readonly SqlRow[],
  { relations, by }: CacheLossesQuery,
): Promise<SqlRow[]> {
  const [first] = rows
  if (!isMoreThanZero(first?.total_cache_read_tokens) && !isMoreThanZero(first?.total_cache_write_tokens))
    return [...rows]
  const cached = rows.filter(
    (row) => isMoreThanZero(row.cache_read_tokens) || isMoreThanZero(row.cache_write_tokens),
  )
  const isToldByLine = TOLD_BY_LINE.has(by)
  // A line of a key that caches nothing loses nothing.
  const isListed = isToldByLine && rows.length === Number(first!.total_rows) && rows.length <= LISTED_KEYS
  const sql = sqlFile('cache-losses.sql')
    .replace('{{line}}', LINE)
    .replace('{{cached}}', isListed ? 'list_contains($cached, key)' : 'true')
    .replace('{{tokens}}', isToldByLine ? TOKENS_OF_LINES : TOKENS_OF_CALLS)
  const result = await connection.runAndReadAll(
    `WITH ${relations.sql} SELECT * FROM (${sql})`,
    { ...relations.values, shown: keysOf(rows), ...(isListed && { cached: keysOf(cached) }) },
    { shown: LIST(VARCHAR), ...(isListed && { cached: LIST(VARCHAR) }) },
  )
  const losses = new Map(result.getRowObjects().map(({ key, ...lost }) => [key, lost]))
  const total = Object.entries(losses.get(null)!).map(([name, amount]) => [`total_${name}`, amount])
  return rows.map((row) => ({ ...row, ...losses.get(row.key!), ...Object.fromEntries(total) }))
}

function keysOf(rows: readonly SqlRow[]): DuckDBListValue {
  return listValue(rows.map(({ key }) => key!))
}

function isMoreThanZero(tokens: DuckDBValue | undefined): boolean {
  return typeof tokens === 'bigint' && tokens > 0n
}
