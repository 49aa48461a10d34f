import type { DuckDBConnection } from '@duckdb/node-api'
import { BUSINESS_KEY, OWN_COLUMN_KEYS } from './dimensions.ts'
import type { LedgerSpan } from './types.ts'

/**
 * How many columns there are for business keys without a column of their own: the first such keys that a ledger sees
 * take one each, for good. Later ones are read from JSON, which is ten times slower.
 */
export const SHARED_COLUMNS = 16

/** The shared column of each business key that has one. */
export type SharedColumns = ReadonlyMap<string, string>

export async function readSharedColumns(connection: DuckDBConnection): Promise<SharedColumns> {
  const result = await connection.runAndReadAll(
    'SELECT key, column_number FROM storage.business_keys ORDER BY column_number',
  )
  return new Map(result.getRows().map(([key, number]) => [String(key), `business_${number}`]))
}

/**
 * Assigns columns to new keys in these spans, as long as there are any left. Runs in the transaction that writes the
 * spans.
 */
export async function assignSharedColumns(
  connection: DuckDBConnection,
  before: SharedColumns,
  spans: readonly LedgerSpan[],
): Promise<SharedColumns> {
  const assigned = new Map(before)
  for (const { business } of spans) {
    if (assigned.size === SHARED_COLUMNS) break
    for (const key of Object.keys(business)) {
      if (assigned.has(key) || OWN_COLUMN_KEYS.has(key) || !BUSINESS_KEY.test(key)) continue
      if (assigned.size === SHARED_COLUMNS) break
      const number = assigned.size + 1
      await connection.run('INSERT INTO storage.business_keys VALUES ($number, $key)', { number, key })
      assigned.set(key, `business_${number}`)
    }
  }
  return assigned
}
