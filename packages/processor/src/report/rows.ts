import type { CellValue, Column, SqlResult } from '@spanmeter/ledger'

/** Rows of SQL as plain columns: every digit as it is. */
export function renderRows({ columns, rows }: SqlResult): string {
  const widths = columns.map(({ name }) =>
    Math.max(name.length, ...rows.map((row) => text(row[name]).length)),
  )
  const line = (cells: readonly string[]): string =>
    columns
      .map((column, index) =>
        isNumeric(column) ? cells[index]!.padStart(widths[index]!) : cells[index]!.padEnd(widths[index]!),
      )
      .join('  ')
      .trimEnd()
  return [
    line(columns.map(({ name }) => name)),
    line(widths.map((width) => '─'.repeat(width))),
    ...rows.map((row) => line(columns.map(({ name }) => text(row[name])))),
    '',
  ].join('\n')
}

function text(value: CellValue | undefined): string {
  return value === null || value === undefined ? '' : String(value)
}

function isNumeric({ type }: Column): boolean {
  return type === 'money' || type === 'count' || type === 'number'
}
