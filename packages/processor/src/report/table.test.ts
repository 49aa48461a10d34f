import type { ViewResult } from '@spanmeter/ledger'
import { expect, test } from 'vitest'
import { renderMarkdown } from './markdown.ts'
import { renderTable } from './table.ts'

const RESULT: ViewResult = {
  view: 'spend',
  title: 'Spend by feature',
  by: 'feature',
  range: {
    since: '2026-10-01T00:00:00.000Z',
    until: '2026-11-01T00:00:00.000Z',
    previous_since: '2026-08-31T00:00:00.000Z',
  },
  filters: [
    { key: 'environment', value: 'production' },
    { key: 'team', value: null },
  ],
  currency: 'USD',
  columns: [
    { name: 'key', title: 'Feature', type: 'text' },
    { name: 'cost', title: 'Cost', type: 'money' },
    { name: 'change', title: 'Change', type: 'money' },
    { name: 'share', title: 'Share', type: 'ratio' },
    { name: 'calls', title: 'Calls', type: 'count' },
    { name: 'cache_read_tokens', title: 'Cache read', type: 'count' },
  ],
  rows: [
    { key: 'faq-bot', cost: '28400', change: '100', share: 0.6, calls: 1415, cache_read_tokens: null },
    { key: 'a|b', cost: '12900.5', change: '-3', share: 0.3, calls: 97, cache_read_tokens: null },
    { key: null, cost: '3', change: '3', share: 0.1, calls: 1, cache_read_tokens: null },
  ],
  totals: { cost: '47293', change: '100', share: 1, calls: 1565, cache_read_tokens: null },
  hidden: { rows: 7, cost: '5993', calls: 53 },
  quality: {
    untagged: { key: 'feature', calls: 1, cost: '3' },
    unpriced: { calls: 4 },
    estimated: { calls: 2, cost: '0.5' },
  },
}

test('a comparison says when the ledger begins, where that is within the period before', () => {
  const range = { ...RESULT.range, first_call: '2026-09-20T08:00:00.000Z' }
  expect(renderTable({ ...RESULT, range }, { width: 120, colour: false })).toContain(
    '\ncompared with 2026-08-31 00:00:00 to 2026-10-01 00:00:00 UTC (the ledger begins on 2026-09-20 08:00:00)\n',
  )
})

test('a table is ranked, aligned, barred, totalled, and says what it hides', () => {
  expect(
    renderTable(RESULT, { width: 120, colour: false }),
  ).toBe(`Spend by feature  2026-10-01 00:00:00 to 2026-11-01 00:00:00 UTC
compared with 2026-08-31 00:00:00 to 2026-10-01 00:00:00 UTC
where environment = production
where team is missing

Feature           Cost    Change   Share               Calls
────────────────────────────────────────────────────────────
faq-bot     $28,400.00  +$100.00   60.0% ████████████  1,415
a|b         $12,900.50    -$3.00   30.0% ██████           97
(untagged)       $3.00    +$3.00   10.0% ██                1
────────────────────────────────────────────────────────────
Total       $47,293.00  +$100.00  100.0%               1,565

7 more not shown, $5,993.00 in 53 calls (--limit); the total has them.
Untagged: $3.00 in 1 call without feature.
Unpriced: 4 calls without a known price, in no amount above (spanmeter report quality).
Estimated: $0.50 in 2 calls.
`)
})

test('a margin says that its parts are not of all tenants', () => {
  const margin = { ...RESULT, view: 'margin', quality: { ...RESULT.quality, untagged: null } }
  const note =
    'Margin: only of calls with a known revenue and a known cost; the other totals are of all calls.\n'
  const table = (totals: ViewResult['totals']): string =>
    renderTable({ ...margin, totals }, { width: 120, colour: false })
  expect(table({ cost: '30', revenue: '50', margin: '25' })).toContain(note)
  expect(table({ cost: '30', revenue: '50', margin: '20' })).not.toContain(note)
  expect(table({ cost: '30', revenue: null, margin: null })).not.toContain(note)
})

test('amounts stand point under point, however small', () => {
  const rows = [
    { key: 'faq-bot', cost: '12' },
    { key: 'triage', cost: '0.0062' },
    { key: 'search', cost: null },
  ]
  const columns = RESULT.columns.slice(0, 2)
  const view = { ...RESULT, columns, rows, totals: { cost: '12.0062' } }
  const lines = renderTable(view, { width: 120, colour: false }).split('\n')
  expect(lines.slice(5, 12)).toEqual([
    'Feature      Cost',
    '─────────────────',
    'faq-bot  $12.00',
    'triage    $0.0062',
    'search          –',
    '─────────────────',
    'Total    $12.01',
  ])
})

test('columns that a narrow terminal does not hold are named', () => {
  const table = renderTable(RESULT, { width: 40, colour: false })
  expect(table).toContain('Not shown for width: Share, Calls (--format csv has all).')
  expect(
    Math.max(
      ...table
        .split('\n')
        .filter((line) => /[$─]{2}|^Feature/.test(line))
        .map(({ length }) => length),
    ),
  ).toBeLessThanOrEqual(40)
})

test.each([30, 60, 80])('a name leaves the figures their room in %i characters', (width) => {
  const rows = [{ ...RESULT.rows[0]!, key: 'summarise-contract '.repeat(4).trim() }]
  const lines = renderTable({ ...RESULT, rows }, { width, colour: false })
    .split('\n')
    .slice(5, 8)
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(width)
  expect(lines[2]).toMatch(/^summarise-c.*… +\$28,400\.00/)
})

test('there are colours only where they are asked for', () => {
  const controlCharacter = String.fromCharCode(27)
  expect(renderTable(RESULT, { width: 120, colour: true })).toContain(controlCharacter)
  expect(renderTable(RESULT, { width: 120, colour: false })).not.toContain(controlCharacter)
})

test('nothing found is said in words', () => {
  const nothing = { ...RESULT, rows: [], totals: {}, hidden: { rows: 0, cost: '0', calls: 0 } }
  expect(renderTable(nothing, { width: 120, colour: false })).toContain(
    'Nothing here: no call in this range matches.',
  )
  const empty = { ...nothing, range: { ...RESULT.range, since: null } }
  expect(renderTable(empty, { width: 120, colour: false })).toMatch(/^Spend by feature {2}no calls yet$/m)
})

test('names are one line, aligned however wide their characters are, and a terminal obeys none of them', () => {
  const named = (key: string) => ({ key, cost: '1' })
  const rows = [
    '日本語の機能名',
    'team 🚀👩‍👩‍👧 Zoë',
    ' ',
    'ends blank ',
    'new\nline',
    '\u001b[31mred\u001b[0m',
    'abc\u202Edef',
    '中'.repeat(60),
  ].map(named)
  const view = { ...RESULT, columns: RESULT.columns.slice(0, 2), rows, totals: {} }
  const lines = renderTable(view, { width: 120, colour: false }).split('\n')
  expect(lines.slice(7, 15)).toEqual([
    '日本語の機能名                               $1.00',
    'team 🚀👩‍👩‍👧 Zoë                                $1.00',
    '" "                                          $1.00',
    '"ends blank "                                $1.00',
    'new\\nline                                    $1.00',
    '\\u{1b}[31mred\\u{1b}[0m                       $1.00',
    'abc\\u{202e}def                               $1.00',
    `${'中'.repeat(21)}…  $1.00`,
  ])
})

test('a name is no markup in Markdown', () => {
  const names = ['a\\|b', '__proto__', 'snake_case', '<img src=x>', '[x](y) *z* `q`', 'two\nlines', '&lt;']
  const rows = names.map((key) => ({ key, cost: '1' }))
  const view = { ...RESULT, columns: RESULT.columns.slice(0, 2), rows, totals: {} }
  const lines = renderMarkdown(view).split('\n')
  expect(lines.slice(8, 15)).toEqual([
    '| a\\\\\\|b | $1.00 |',
    '| \\_\\_proto\\_\\_ | $1.00 |',
    '| snake_case | $1.00 |',
    '| \\<img src=x\\> | $1.00 |',
    '| \\[x\\](y) \\*z\\* \\`q\\` | $1.00 |',
    '| two\\\\nlines | $1.00 |',
    '| \\&lt; | $1.00 |',
  ])
})

test('Markdown has the same figures, with nothing in a cell that breaks it', () => {
  expect(renderMarkdown(RESULT)).toBe(`### Spend by feature

2026-10-01 00:00:00 to 2026-11-01 00:00:00 UTC, compared with 2026-08-31 00:00:00 to 2026-10-01 00:00:00 UTC
where environment = production
where team is missing

| Feature | Cost | Change | Share | Calls | Cache read |
| --- | ---: | ---: | ---: | ---: | ---: |
| faq-bot | $28,400.00 | +$100.00 | 60.0% | 1,415 | – |
| a\\|b | $12,900.50 | -$3.00 | 30.0% | 97 | – |
| _untagged_ | $3.00 | +$3.00 | 10.0% | 1 | – |
| **Total** | **$47,293.00** | **+$100.00** | **100.0%** | **1,565** | **–** |

- 7 more not shown, $5,993.00 in 53 calls (--limit); the total has them.
- Untagged: $3.00 in 1 call without feature.
- Unpriced: 4 calls without a known price, in no amount above (spanmeter report quality).
- Estimated: $0.50 in 2 calls.
`)
})
