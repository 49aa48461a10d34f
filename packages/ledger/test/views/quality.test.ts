import { expect, test } from 'vitest'
import { call, costOf } from '../span.ts'
import { temporaryLedger } from '../temporary-ledger.ts'

test('untagged by missing key, unpriced by reason, estimated by price', async () => {
  const ledger = await temporaryLedger(
    [
      call({ cost: '1', business: { feature: 'a', shop: 'x' } }),
      call({ cost: '2', business: { feature: 'a' } }),
      call({ unpriced: 'unknown_model' }),
      call({ unpriced: 'no_usage', business: { feature: 'a', shop: 'x' } }),
      call({
        cost: costOf('0.5', { source: 'estimated', price: 'ollama/llama@2026-01-01' }),
        business: { feature: 'b', shop: 'y' },
      }),
    ],
    { requiredKeys: ['feature', 'shop'] },
  )
  expect((await ledger.view('quality')).rows).toEqual([
    { problem: 'untagged', detail: 'shop', calls: 2, cost: '2' },
    { problem: 'estimated', detail: 'ollama/llama@2026-01-01', calls: 1, cost: '0.5' },
    { problem: 'unpriced', detail: 'no_usage', calls: 1, cost: null },
    { problem: 'unpriced', detail: 'unknown_model', calls: 1, cost: null },
    { problem: 'untagged', detail: 'feature', calls: 1, cost: null },
  ])
})

test('without a feature a call is untagged, unless other keys, or none, are required', async () => {
  const untagged = async (options: { requiredKeys?: string[] }): Promise<unknown> => {
    const ledger = await temporaryLedger([call({ cost: '1' })], options)
    return (await ledger.view('quality')).rows.map(({ detail }) => detail)
  }
  expect(await untagged({})).toEqual(['feature'])
  expect(await untagged({ requiredKeys: ['team'] })).toEqual(['team'])
  expect(await untagged({ requiredKeys: [] })).toEqual([])
})

test('the period before stands beside each problem, also one that is solved', async () => {
  const before = '2026-10-01T12:00:00Z'
  const since = '2026-10-03T12:00:00Z'
  const ledger = await temporaryLedger(
    [
      call({ at: before, cost: '3' }),
      call({ at: before, unpriced: 'unknown_model', business: { feature: 'a' } }),
      call({ at: since, cost: '1' }),
      call({ at: since, unpriced: 'no_usage', business: { feature: 'a' } }),
    ],
    { requiredKeys: ['feature'] },
  )
  const { rows, totals } = await ledger.view('quality', {
    since: new Date('2026-10-03T00:00:00Z'),
    until: new Date('2026-10-05T00:00:00Z'),
    compare: 'previous',
  })
  expect(
    rows.map(({ problem, detail, calls, cost, previous_cost }) => [
      problem,
      detail,
      calls,
      cost,
      previous_cost,
    ]),
  ).toEqual([
    ['unpriced', 'no_usage', 1, null, '0'],
    ['untagged', 'feature', 1, '1', '3'],
    ['unpriced', 'unknown_model', 0, '0', null],
  ])
  expect(totals).not.toHaveProperty('previous_cost')
})
