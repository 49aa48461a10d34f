import { expect, test } from 'vitest'
import { call } from '../span.ts'
import { temporaryLedger } from '../temporary-ledger.ts'

const spans = [
  call({ at: '2026-10-05T00:00:00Z', cost: '30', business: { tenant: 'acme', revenue: '100' } }),
  call({ at: '2026-10-20T00:00:00Z', cost: '40.5', business: { tenant: 'acme', revenue: '120.50' } }),
  call({ at: '2026-10-20T00:00:00Z', cost: '9', business: { tenant: 'globex', revenue: '5' } }),
  call({ at: '2026-10-20T00:00:00Z', cost: '1', business: { tenant: 'free' } }),
]

test('a whole month has the revenue of a month, as last seen', async () => {
  const ledger = await temporaryLedger(spans)
  const { rows, totals } = await ledger.view('margin', {
    since: new Date('2026-10-01T00:00:00Z'),
    until: new Date('2026-11-01T00:00:00Z'),
  })
  expect(rows).toEqual([
    {
      key: 'acme',
      cost: '70.5',
      calls: 2,
      monthly_revenue: '120.5',
      revenue: '120.5',
      margin: '50',
      margin_ratio: 0.414938,
    },
    {
      key: 'globex',
      cost: '9',
      calls: 1,
      monthly_revenue: '5',
      revenue: '5',
      margin: '-4',
      margin_ratio: -0.8,
    },
    {
      key: 'free',
      cost: '1',
      calls: 1,
      monthly_revenue: null,
      revenue: null,
      margin: null,
      margin_ratio: null,
    },
  ])
  expect(totals).toMatchObject({ cost: '80.5', revenue: '125.5', margin: '46' })
})

test('a part of a month has that part of the revenue', async () => {
  const ledger = await temporaryLedger(spans)
  const { rows } = await ledger.view('margin', {
    since: new Date('2026-11-01T00:00:00Z'),
    until: new Date('2026-11-16T00:00:00Z'),
  })
  expect(rows).toEqual([])
  await ledger.append([
    call({ at: '2026-11-10T00:00:00Z', cost: '10', business: { tenant: 'acme', revenue: '120' } }),
  ])
  const later = await ledger.view('margin', {
    since: new Date('2026-11-01T00:00:00Z'),
    until: new Date('2026-11-16T00:00:00Z'),
  })
  expect(later.rows).toMatchObject([{ key: 'acme', revenue: '60', margin: '50' }])
})
