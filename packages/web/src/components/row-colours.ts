import type { Row } from '../api/types.ts'
import { seriesColour } from '../chart/trend-data.ts'
import { compareMoney } from '../format/money.ts'

/** The class that colours each row: by rank of cost, whatever order the rows are in. Untagged is hatched. */
export function coloursOf(rows: readonly Row[]): string[] {
  const ranked = rows
    .filter((row) => row.key !== null)
    .toSorted(
      (a, b) =>
        compareMoney(String(b.cost ?? '0'), String(a.cost ?? '0')) ||
        (String(a.key) < String(b.key) ? -1 : 1),
    )
  const ranks = new Map(ranked.map((row, rank) => [row, rank]))
  return rows.map((row) => (row.key === null ? 'hatched' : seriesColour(ranks.get(row)!)))
}
