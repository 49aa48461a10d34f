import { randomUUID } from 'node:crypto'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { DuckDBConnection } from '@duckdb/node-api'
import { LedgerError } from './errors.ts'
import { type Selection, selectionCondition } from './query.ts'

export type ExportFormat = 'parquet' | 'csv'
export const EXPORT_FORMATS: readonly ExportFormat[] = ['parquet', 'csv']

/** A file that the caller moves or streams away, and then removes. */
export interface ExportedFile {
  readonly path: string
  readonly rows: number
  remove(): Promise<void>
}

const FILE_OPTIONS: Readonly<Record<ExportFormat, string>> = {
  parquet: 'FORMAT parquet, COMPRESSION zstd',
  csv: 'FORMAT csv, HEADER',
}

/** Writes the SQL view `calls`, which is every counted call, in order of time. */
export async function exportCalls(
  connection: DuckDBConnection,
  directory: string,
  format: ExportFormat,
  selection: Selection,
): Promise<ExportedFile> {
  await mkdir(directory, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EEXIST') return
    const message = `no place to write an export to (${error.message}): set TMPDIR to a directory that may be written`
    throw new LedgerError('ledger_failed', message, { cause: error })
  })
  const path = join(directory, `calls-${randomUUID()}.${format}`)
  // The view has the business keys in JSON alone.
  const { sql, values } = selectionCondition(selection, new Map())
  const result = await connection.run(
    `COPY (SELECT * FROM calls WHERE ${sql} ORDER BY started) TO '${path.replaceAll("'", "''")}' (${FILE_OPTIONS[format]})`,
    values,
  )
  return { path, rows: result.rowsChanged, remove: () => rm(path, { force: true }) }
}
