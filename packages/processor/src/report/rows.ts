import type { CellValue, SqlResult } from '@spanmeter/ledger'
import { isNumeric } from './format-value.ts'
import { printable } from './printable.ts'
import { padEnd, padStart, textWidth } from './text-width.ts'

/** The rows of an SQL result as plain columns, with all digits. */
export function renderRows({ columns, rows }: SqlResult): string {
  const lines = [
    columns.map(({ name }) => printable(name)),
    ...rows.map((row) => columns.map(({ name }) => text(row[name]))),
  ]
  const widths = columns.map((_, index) =>
    lines.reduce((width, cells) => Math.max(width, textWidth(cells[index]!)), 0),
  )
  const line = (cells: readonly string[]): string =>
    columns
      .map((column, index) => (isNumeric(column) ? padStart : padEnd)(cells[index]!, widths[index]!))
      .join('  ')
      .trimEnd()
  const [heading, ...body] = lines
  return [line(heading!), line(widths.map((width) => '─'.repeat(width))), ...body.map(line), ''].join('\n')
}

function text(value: CellValue | undefined): string {
  return value === null || value === undefined ? '' : printable(String(value))
}
