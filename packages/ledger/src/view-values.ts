import { DuckDBDecimalValue, DuckDBTimestampValue, type DuckDBValue } from '@duckdb/node-api'
import { formatDecimal, MONEY_SCALE, roundedQuotient } from './decimal.ts'
import type { Percentiles } from './percentiles.ts'
import type { SqlRow } from './query.ts'
import type { ColumnType, View, ViewColumn } from './views/view.ts'

export type CellValue = string | number | boolean | null
export type Row = Record<string, CellValue>

/** One row as people see it. `total` has the same SQL columns, added up over all rows. */
export function viewRow(view: View, row: SqlRow, total: SqlRow, percentiles: Percentiles | undefined): Row {
  // A loop, as a trend has tens of thousands of rows.
  const cells: Row = {}
  for (const column of view.columns) cells[column.name] = cell(column, row, total, percentiles)
  return cells
}

/** The totals of the columns that mean something for the whole. */
export function totalRow(view: View, total: SqlRow, percentiles: Percentiles | undefined): Row {
  const columns = view.columns.filter((column) => column.noTotal !== true)
  return Object.fromEntries(columns.map((column) => [column.name, cell(column, total, total, percentiles)]))
}

/** The SQL columns whose sums the totals are computed from. */
export function addedColumns(view: View): string[] {
  const own = view.columns
    .filter(
      ({ noTotal, quotient, shareOf, percentile }) =>
        noTotal !== true && quotient === undefined && shareOf === undefined && percentile === undefined,
    )
    .map((column) => column.name)
  return [...new Set([...own, ...(view.auxiliary ?? []), 'cost', 'calls'])]
}

function cell(
  column: ViewColumn,
  row: SqlRow,
  total: SqlRow,
  percentiles: Percentiles | undefined,
): CellValue {
  if (column.quotient !== undefined)
    return quotient(column.type, row[column.quotient[0]], row[column.quotient[1]])
  if (column.shareOf !== undefined) return quotient('ratio', row[column.shareOf], total[column.shareOf])
  if (column.percentile !== undefined) {
    const [measure, index] = column.percentile
    return milliseconds(percentiles?.[measure]?.[index])
  }
  if (column.microseconds !== undefined) return milliseconds(row[column.microseconds])
  return plain(column.type, row[column.name])
}

/** A value in the form of the column's type; money keeps every digit. The store has '' for an unknown text. */
export function plain(type: ColumnType, value: DuckDBValue | undefined): CellValue {
  if (value === null || value === undefined || value === '') return null
  if (value instanceof DuckDBDecimalValue)
    return type === 'money' ? formatDecimal(value.value, value.scale) : value.toDouble()
  if (value instanceof DuckDBTimestampValue) return isoTime(value)
  if (type === 'money') return formatDecimal(BigInt(value as bigint | number), 0)
  if (typeof value === 'bigint') return Number(value)
  if (typeof value === 'number' || typeof value === 'boolean') return value
  return String(value)
}

function quotient(
  type: ColumnType,
  dividend: DuckDBValue | undefined,
  divisor: DuckDBValue | undefined,
): CellValue {
  if (dividend === null || dividend === undefined || divisor === null || divisor === undefined) return null
  const millionths = Math.round(toNumber(divisor) * 1e6)
  if (millionths === 0 || !Number.isFinite(millionths)) return null
  return type === 'money'
    ? formatDecimal(roundedQuotient(moneyUnits(dividend) * 1_000_000n, BigInt(millionths)))
    : round(toNumber(dividend) / toNumber(divisor))
}

function milliseconds(microseconds: DuckDBValue | undefined): CellValue {
  return microseconds === null || microseconds === undefined ? null : round(toNumber(microseconds) / 1000)
}

function toNumber(value: DuckDBValue): number {
  return value instanceof DuckDBDecimalValue ? value.toDouble() : Number(value)
}

/** To six decimals: more than anybody reads, and without floating point noise. */
function round(value: number): number {
  return Math.round(value * 1e6) / 1e6
}

/** The last time is remembered, as rows in order of time repeat it. */
let lastTime = { micros: 0n, text: new Date(0).toISOString() }

export function isoTime({ micros }: DuckDBTimestampValue): string {
  if (micros !== lastTime.micros) lastTime = { micros, text: new Date(Number(micros / 1000n)).toISOString() }
  return lastTime.text
}

/** A sum of money in units of 10^-12 USD; 0 if there was nothing to add. */
export function moneyUnits(value: DuckDBValue | undefined): bigint {
  return value instanceof DuckDBDecimalValue ? value.value * 10n ** BigInt(MONEY_SCALE - value.scale) : 0n
}
