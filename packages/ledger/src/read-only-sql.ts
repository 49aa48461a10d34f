import {
  type DuckDBConnection,
  DuckDBDecimalValue,
  DuckDBTimestampValue,
  DuckDBTypeId,
  type DuckDBValue,
  StatementType,
} from '@duckdb/node-api'
import { formatDecimal } from './decimal.ts'
import { LedgerError } from './errors.ts'
import { type CellValue, isoTime, type Row } from './view-values.ts'
import type { Column, ColumnType } from './views/view.ts'

export interface SqlResult {
  readonly columns: readonly Column[]
  readonly rows: readonly Row[]
  /** There were more rows than were asked for. */
  readonly truncated: boolean
}

/** Errors caused by the file or a lack of memory, not by the statement. */
const STORAGE_FAULT = /^(IO|FATAL|INTERNAL|Serialization|Out of Memory) Error/i

const TIME_LIMIT_MILLISECONDS = 60_000

/**
 * Runs one statement that only reads, in a transaction that can only read. It can't reach files or load extensions.
 *
 * @throws LedgerError `ledger_invalid_query` with DuckDB's own message
 */
export async function readOnlySql(
  connection: DuckDBConnection,
  sql: string,
  limit: number,
): Promise<SqlResult> {
  const timer = setTimeout(() => connection.interrupt(), TIME_LIMIT_MILLISECONDS)
  try {
    if (/^[\s;]*$/.test(sql)) throw new Error('there is no statement: give a SELECT')
    const statements = await connection.extractStatements(sql)
    if (statements.count !== 1) throw new Error(`one statement is run at a time, not ${statements.count}`)
    const statement = await statements.prepare(0)
    if (
      statement.statementType !== StatementType.SELECT &&
      statement.statementType !== StatementType.EXPLAIN
    ) {
      throw new Error('only SELECT is run here: the ledger is written by spanmeter alone')
    }
    await connection.run('BEGIN TRANSACTION READ ONLY')
    const reader = await statement.streamAndReadUntil(limit + 1)
    const names = reader.deduplicatedColumnNames()
    const types = reader.columnTypes().map(({ typeId }) => columnType(typeId))
    const json = reader.getRowObjectsJson()
    const rows = reader.getRowObjects().slice(0, limit)
    return {
      columns: names.map((name, index) => ({ name, title: name, type: types[index]! })),
      rows: rows.map((row, index) =>
        Object.fromEntries(names.map((name) => [name, cell(row[name]!, json[index]![name])])),
      ),
      truncated: reader.currentRowCount > limit,
    }
  } catch (error) {
    if (STORAGE_FAULT.test((error as Error).message)) throw error
    throw new LedgerError('ledger_invalid_query', (error as Error).message, { cause: error })
  } finally {
    clearTimeout(timer)
  }
}

function columnType(typeId: DuckDBTypeId): ColumnType {
  switch (typeId) {
    case DuckDBTypeId.DECIMAL:
      return 'money'
    case DuckDBTypeId.BIGINT:
    case DuckDBTypeId.HUGEINT:
    case DuckDBTypeId.INTEGER:
    case DuckDBTypeId.UBIGINT:
      return 'count'
    case DuckDBTypeId.DOUBLE:
      return 'number'
    case DuckDBTypeId.TIMESTAMP:
      return 'time'
    case DuckDBTypeId.BOOLEAN:
      return 'flag'
    default:
      return 'text'
  }
}

function cell(value: DuckDBValue, json: unknown): CellValue {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString()
  if (value instanceof DuckDBDecimalValue) return formatDecimal(value.value, value.scale)
  if (value instanceof DuckDBTimestampValue) return isoTime(value)
  return typeof json === 'string' ? json : JSON.stringify(json)
}
