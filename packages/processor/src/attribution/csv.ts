/**
 * Rows of a CSV text by RFC 4180: quoted fields may contain commas, line breaks and doubled quotes. Empty lines are left out.
 *
 * @throws Error on a stray quote, or one that is never closed.
 */
export function parseCsv(text: string): string[][] {
  const rows: string[][] = []
  const pattern = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/gy
  let row: string[] = []
  pattern.lastIndex = text.startsWith('\ufeff') ? 1 : 0
  for (;;) {
    const start = pattern.lastIndex
    const match = pattern.exec(text)
    if (match === null) {
      throw new Error(
        `line ${text.slice(0, start).split('\n').length}: a stray quote, or one that is never closed`,
      )
    }
    const [, quoted, plain = '', end] = match
    row.push(quoted === undefined ? plain.trim() : quoted.replaceAll('""', '"'))
    if (end === ',') continue
    if (row.length > 1 || row[0] !== '') rows.push(row)
    if (end === '') return rows
    row = []
  }
}
