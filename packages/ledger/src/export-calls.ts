import { randomUUID } from 'node:crypto'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { DuckDBConnection } from '@duckdb/node-api'
import { LedgerError } from './errors.ts'
import type { ExportFormat } from './export-format.ts'
import { type Selection, selectionCondition } from './query.ts'

/** A file that the caller moves or streams away, and then removes. */
export interface ExportedFile {
  readonly path: string
  readonly rows: number
  remove(): Promise<void>
}

/** Without preserving an order, which would take all memory there is. Smaller row groups take less of it. */
const FILE_OPTIONS: Readonly<Record<ExportFormat, string>> = {
  parquet: 'FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 20480, PRESERVE_ORDER false',
  csv: 'FORMAT csv, HEADER, PRESERVE_ORDER false',
}

/** About as many as one looks at in a spreadsheet. */
const SORTED_CALLS = 100_000

/** Writes the SQL view `calls`, which is every counted call; up to 100,000 of them in order of time. */
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
  const remove = (): Promise<void> => rm(path, { force: true })
  // The view has the business keys in JSON alone.
  const { sql, values } = selectionCondition(selection, new Map())
  const selected = `FROM calls WHERE ${sql}`
  const counted = await connection.runAndReadAll(`SELECT count(*) ${selected}`, values)
  const order = Number(counted.getRows()[0]![0]) <= SORTED_CALLS ? 'ORDER BY started' : ''
  try {
    const { rowsChanged: rows } = await connection.run(
      `COPY (SELECT * ${selected} ${order}) TO '${path.replaceAll("'", "''")}' (${FILE_OPTIONS[format]})`,
      values,
    )
    return { path, rows, remove }
  } catch (error) {
    await remove()
    throw error
  }
}
