import { type DuckDBConnection, type DuckDBValue, LIST, listValue, VARCHAR } from '@duckdb/node-api'
import type { BoundSql, SqlRow } from './query.ts'
import { sqlFile } from './sql-file.ts'

const LINE = 'hash(model, feature, hour // 24)'

/** Up to this many features are passed as a list, which is searched linearly. */
const LISTED_FEATURES = 255

/**
 * Adds what was lost to the rows of the view `cache`, and to their totals. The rates are put into a table first, as the
 * best way to join them depends on their number.
 *
 * @param relations of a WITH clause: `matching`, each call under its `key`
 */
export async function addCacheLosses(
  connection: DuckDBConnection,
  rows: readonly SqlRow[],
  relations: BoundSql,
): Promise<readonly SqlRow[]> {
  const [first] = rows
  if (!isMoreThanZero(first?.total_cache_read_tokens) && !isMoreThanZero(first?.total_cache_write_tokens))
    return rows
  await connection.run(cacheSql('rates', relations), relations.values)
  const features = await connection.runAndReadAll('SELECT DISTINCT feature FROM cache_rates')
  const isListed = features.currentRowCount <= LISTED_FEATURES
  const lists = {
    shown: listValue(rows.map(({ key }) => key!)),
    ...(isListed && { features: listValue(features.getColumns()[0]!) }),
  }
  const result = await connection.runAndReadAll(
    cacheSql('losses', relations).replace(
      '{{caching}}',
      isListed ? 'list_contains($features, feature)' : 'true',
    ),
    { ...relations.values, ...lists },
    { shown: LIST(VARCHAR), ...(isListed && { features: LIST(VARCHAR) }) },
  )
  const losses = new Map(result.getRowObjects().map(({ key, ...lost }) => [key, lost]))
  const total = Object.entries(losses.get(null)!)
    .filter(([, amount]) => amount !== null)
    .map(([name, amount]) => [`total_${name}`, amount])
  return rows.map((row) => ({ ...row, ...losses.get(row.key!), ...Object.fromEntries(total) }))
}

function cacheSql(name: 'rates' | 'losses', { sql }: BoundSql): string {
  return sqlFile(`cache/${name}.sql`)
    .replaceAll('{{line}}', LINE)
    .replace('{{relations}}', () => sql)
}

function isMoreThanZero(tokens: DuckDBValue | undefined): boolean {
  return typeof tokens === 'bigint' && tokens > 0n
}
