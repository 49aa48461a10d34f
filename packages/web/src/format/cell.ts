import type { Cell, ColumnType, Row } from '../api/types.ts'
import { formatMoney } from './money.ts'
import { formatCompact, formatCount, formatMilliseconds, formatRatio } from './quantity.ts'
import { formatMoment } from './time.ts'

/** Prints a value of the API by the type of its column. `null` is unknown, and never looks like zero. */
export function formatCell(value: Cell | undefined, type: ColumnType): string {
  if (value === null || value === undefined) return type === 'money' ? 'unknown' : '–'
  switch (type) {
    case 'money':
      return formatMoney(String(value))
    case 'count':
      return Number(value) < 1_000_000 ? formatCount(Number(value)) : formatCompact(Number(value))
    case 'ratio':
      return formatRatio(Number(value))
    case 'milliseconds':
      return formatMilliseconds(Number(value))
    case 'number':
      return formatCompact(Number(value))
    case 'time':
      return formatMoment(String(value))
    case 'flag':
      return value ? 'yes' : 'no'
    case 'text':
      return String(value)
  }
}

/** Whether a row can't have a value: without calls there is no cost per call, and without runs none per run. */
export function isAbsent(row: Row, column: string): boolean {
  return row[column] === null && (row.calls === 0 || (column === 'cost_per_run' && row.runs === null))
}

/** Every digit of a value that was rounded for printing; for a tool tip. */
export function exactCell(value: Cell | undefined, type: ColumnType): string | undefined {
  if (value === null || value === undefined) return 'unknown'
  if (type === 'money') return `${value} USD`
  if (type === 'time' || type === 'ratio' || type === 'number') return String(value)
  return type === 'count' && Number(value) >= 1_000_000 ? formatCount(Number(value)) : undefined
}
