import type { Row, ViewResult } from '@spanmeter/ledger'
import { expect, test } from 'vitest'
import { renderTable } from './table.ts'

function row(bucket: string, key: string | null, cost: string | null, calls: number, previous: string): Row {
  return { bucket, key, other: false, cost, calls, previous_cost: previous, input_tokens: 1 }
}

const DAY = '2026-10-01T00:00:00.000Z'
const NEXT = '2026-10-02T00:00:00.000Z'

const RESULT: ViewResult = {
  view: 'trend',
  title: 'Trend by feature',
  by: 'feature',
  bucket: 'day',
  range: { since: DAY, until: '2026-10-03T00:00:00.000Z', previous_since: '2026-09-29T00:00:00.000Z' },
  filters: [],
  currency: 'USD',
  columns: [],
  rows: [
    row(DAY, 'small', '0.1', 1, '0'),
    row(DAY, 'large', '0.2', 1, '5'),
    row(NEXT, 'large', '0.9', 3, '0'),
    row(NEXT, null, null, 1, '0'),
    { ...row(NEXT, null, '0.3', 2, '0'), other: true },
  ],
  totals: { cost: '1.5', calls: 8, previous_cost: '5' },
  hidden: { rows: 0, cost: '0', calls: 0 },
  quality: { untagged: null, unpriced: { calls: 0 }, estimated: { calls: 0, cost: '0' } },
}

test('a trend is a line a bucket, with its total and a column a key, the dearest first', () => {
  expect(
    renderTable(RESULT, { width: 120, colour: false }),
  ).toBe(`Trend by feature  2026-10-01 00:00:00 to 2026-10-03 00:00:00 UTC
compared with 2026-09-29 00:00:00 to 2026-10-01 00:00:00 UTC

From         Cost  Before   Share               Calls  large  small  (other)
────────────────────────────────────────────────────────────────────────────
2026-10-01  $0.30   $5.00   20.0% ███               2  $0.20  $0.10        –
2026-10-02  $1.20   $0.00   80.0% ████████████      6  $0.90      –    $0.30
────────────────────────────────────────────────────────────────────────────
Total       $1.50   $5.00  100.0%                   8  $1.10  $0.10    $0.30

`)
})
