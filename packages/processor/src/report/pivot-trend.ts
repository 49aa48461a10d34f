import { type CellValue, type Row, sumMoney, type ViewResult } from '@spanmeter/ledger'

/**
 * A trend in a form for people: a line for each bucket, with its total, its share, and a column for each key. JSON and CSV keep a
 * row for each bucket and key, with tokens.
 */
export function pivotTrend(result: ViewResult): ViewResult {
  const { rows, totals, bucket = 'day' } = result
  const compared = result.range.previous_since !== undefined
  const keys = seriesOf(rows)
  const buckets = Map.groupBy(rows, (row) => String(row.bucket))
  const column = (name: string, title: string, type: 'money' | 'count' | 'ratio') => ({ name, title, type })
  return {
    ...result,
    columns: [
      { name: 'bucket', title: 'From', type: 'text' },
      column('cost', 'Cost', 'money'),
      ...(compared ? [column('previous_cost', 'Before', 'money')] : []),
      column('share', 'Share', 'ratio'),
      column('calls', 'Calls', 'count'),
      ...keys.map(({ name, title }) => column(name, title, 'money')),
    ],
    rows: [...buckets].map(([start, parts]) => ({
      bucket: bucketName(start, bucket),
      ...sums(parts, compared),
      share: share(sumOf(parts, 'cost'), totals.cost),
      ...Object.fromEntries(keys.map(({ name, has }) => [name, sumOf(parts.filter(has), 'cost')])),
    })),
    totals: {
      ...sums(rows, compared),
      share: share(totals.cost ?? null, totals.cost),
      ...Object.fromEntries(keys.map(({ name, has }) => [name, sumOf(rows.filter(has), 'cost')])),
    },
  }
}

interface Series {
  readonly name: string
  readonly title: string
  has(row: Row): boolean
}

/** The keys by their cost, then the rest, and calls without a key. */
function seriesOf(rows: readonly Row[]): Series[] {
  const named = [...Map.groupBy(rows.filter(isNamed), (row) => String(row.key))]
    .map(([key, of]) => ({ key, cost: Number(sumOf(of, 'cost')) }))
    .toSorted((one, other) => other.cost - one.cost)
    .map(({ key }, index) => ({
      name: `series_${index}`,
      title: key,
      has: (row: Row) => isNamed(row) && row.key === key,
    }))
  const rest: Series[] = [
    { name: 'series_other', title: '(other)', has: (row) => row.other === true },
    { name: 'series_none', title: '(untagged)', has: (row) => row.other !== true && row.key === null },
  ]
  return [...named, ...rest.filter(({ has }) => rows.some(has))]
}

function isNamed(row: Row): boolean {
  return row.other !== true && row.key !== null
}

function sums(rows: readonly Row[], compared: boolean): Row {
  return {
    cost: sumOf(rows, 'cost'),
    ...(compared && { previous_cost: sumOf(rows, 'previous_cost') }),
    calls: rows.reduce((sum, { calls }) => sum + Number(calls), 0),
  }
}

function sumOf(rows: readonly Row[], column: 'cost' | 'previous_cost'): string | null {
  return sumMoney(rows.map((row) => (row[column] ?? null) as string | null))
}

function share(cost: CellValue, total: CellValue | undefined): number | null {
  return cost === null || !Number(total) ? null : Number(cost) / Number(total)
}

function bucketName(start: string, bucket: NonNullable<ViewResult['bucket']>): string {
  return bucket === 'minute' || bucket === 'hour' ? start.slice(0, 16).replace('T', ' ') : start.slice(0, 10)
}
