import type { DuckDBConnection } from '@duckdb/node-api'
import { timestamp } from './query.ts'
import { TABLES } from './tables.ts'

const CHECK_INTERVAL_MILLISECONDS = 3_600_000

/** Deletes, at most once an hour, the spans that started longer ago than `retention` milliseconds. */
export function createRetention(
  retention: number | undefined,
): (connection: DuckDBConnection) => Promise<void> {
  let next = 0
  return async (connection) => {
    const now = Date.now()
    if (retention === undefined || now < next) return
    next = now + CHECK_INTERVAL_MILLISECONDS
    const before = timestamp(new Date(now - retention))
    for (const table of TABLES)
      await connection.run(`DELETE FROM storage.${table} WHERE started < $before`, { before })
  }
}
