import { expect, test } from 'vitest'
import { toCsv } from './csv.ts'

test('quotes what needs it, leaves unknown empty, keeps every digit, and starts no formula', () => {
  const columns = [
    { name: 'key', title: 'Feature', type: 'text' as const },
    { name: 'cost', title: 'Cost', type: 'money' as const },
  ]
  const rows = [
    { key: 'a "b", c\nd', cost: '47293.000000000001' },
    { key: null, cost: null },
    { key: '=HYPERLINK("x")', cost: '-0.5' },
    { key: "-2+3+cmd|' /C calc'!A0", cost: '-2' },
  ]
  expect(toCsv(columns, rows)).toBe(
    'key,cost\r\n"a ""b"", c\nd",47293.000000000001\r\n,\r\n"\'=HYPERLINK(""x"")",-0.5\r\n\'-2+3+cmd|\' /C calc\'!A0,-2\r\n',
  )
})
