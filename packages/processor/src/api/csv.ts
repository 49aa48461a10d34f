import type { CellValue, Column, Row } from '@spanmeter/ledger'

/** Rows as CSV (RFC 4180) with a header line; money keeps every digit, unknown is empty. */
export function toCsv(columns: readonly Column[], rows: readonly Row[]): string {
  const lines = [
    columns.map(({ name }) => field(name)),
    ...rows.map((row) => columns.map(({ name }) => field(row[name] ?? null))),
  ]
  return lines.map((fields) => `${fields.join(',')}\r\n`).join('')
}

function field(value: CellValue): string {
  if (value === null) return ''
  const text = String(value)
  // A spreadsheet would run a text that begins like a formula.
  const safe =
    typeof value === 'string' && /^[=+\-@\t\r\n]/.test(text) && !/^-?\d+(?:\.\d+)?$/.test(text)
      ? `'${text}`
      : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
