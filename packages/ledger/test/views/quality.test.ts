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
