import { expect, test } from 'vitest'
import { renderRows } from './rows.ts'

test('rows of SQL stand in columns, whatever is in them', () => {
  const columns = [
    { name: 'feature', title: 'feature', type: 'text' as const },
    { name: 'cost', title: 'cost', type: 'money' as const },
  ]
  const rows = [
    { feature: '翻訳', cost: '12.5' },
    { feature: 'a\nb\u001b[2J', cost: null },
  ]
  expect(renderRows({ columns, rows, truncated: false })).toBe(
    ['feature        cost', '─────────────  ────', '翻訳           12.5', 'a\\nb\\u{1b}[2J', ''].join('\n'),
  )
})

test('hundreds of thousands of rows are not too many', () => {
  const rows = Array.from({ length: 200_000 }, () => ({ n: 1 }))
  const text = renderRows({ columns: [{ name: 'n', title: 'n', type: 'count' }], rows, truncated: false })
  expect(text.length).toBe(2 * 200_002)
})
