import type { DuckDBConnection } from '@duckdb/node-api'
import { LedgerError } from './errors.ts'
import { sqlFile } from './sql-file.ts'

/** In order, and never edited once released: the position in the list is the schema version that a file leads to. */
const MIGRATIONS: readonly string[] = [
  'migrations/0001-spans.sql',
  'migrations/0002-calls.sql',
  'migrations/0003-traces.sql',
  'migrations/0004-outcomes.sql',
]

/** The schema version that this release reads and writes. */
export const SCHEMA_VERSION: number = MIGRATIONS.length

/** 0 for a file without a schema yet. */
async function readSchemaVersion(connection: DuckDBConnection): Promise<number> {
  const tables = await connection.runAndReadAll(
    `SELECT count(*) FROM information_schema.tables WHERE table_schema = 'main' AND table_name = 'schema_version'`,
  )
  if (Number(tables.getRows()[0]![0]) === 0) return 0
  const version = await connection.runAndReadAll('SELECT max(version) FROM schema_version')
  return Number(version.getRows()[0]![0] ?? 0)
}

/**
 * Brings the file to this release's schema, each step in a transaction of its own.
 *
 * @throws LedgerError `ledger_schema_newer`; `ledger_schema_older` where the file may not be written
 */
export async function migrate(connection: DuckDBConnection, path: string, readOnly: boolean): Promise<void> {
  const version = await readSchemaVersion(connection)
  if (version > SCHEMA_VERSION) {
    throw new LedgerError(
      'ledger_schema_newer',
      `ledger ${path} has schema ${version}, this spanmeter knows ${SCHEMA_VERSION}: use the newer spanmeter that wrote it, or another file`,
    )
  }
  if (version < SCHEMA_VERSION && readOnly) {
    throw new LedgerError(
      'ledger_schema_older',
      `ledger ${path} has schema ${version}, this spanmeter reads ${SCHEMA_VERSION}: start spanmeter once to bring it up to date`,
    )
  }
  for (let next = version + 1; next <= SCHEMA_VERSION; next++) {
    await connection.run('BEGIN')
    try {
      await connection.run(sqlFile(MIGRATIONS[next - 1]!))
      await connection.run('CREATE TABLE IF NOT EXISTS schema_version (version INTEGER, applied TIMESTAMP)')
      await connection.run('INSERT INTO schema_version VALUES ($version, current_timestamp::TIMESTAMP)', {
        version: next,
      })
      await connection.run('COMMIT')
    } catch (error) {
      await connection.run('ROLLBACK').catch(() => {})
      throw error
    }
  }
}
