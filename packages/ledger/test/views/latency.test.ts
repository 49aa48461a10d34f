import { expect, test } from 'vitest'
import { call } from '../span.ts'
import { temporaryLedger } from '../temporary-ledger.ts'

test('percentiles of duration and time to first chunk, beside the cost', async () => {
  const ledger = await temporaryLedger([
    call({ milliseconds: 1000, timeToFirstChunkSeconds: 0.2, cost: '1', usage: { outputTokens: 100 } }),
    call({ milliseconds: 2000, timeToFirstChunkSeconds: 0.4, cost: '2', usage: { outputTokens: 200 } }),
    call({ milliseconds: 3000, unpriced: 'no_usage' }),
  ])
  const { rows, totals } = await ledger.view('latency')
  expect(rows).toEqual([
    {
      key: 'gpt-5',
      calls: 3,
      p50_ms: 2000,
      p95_ms: 2900,
      first_chunk_p50_ms: 300,
      first_chunk_p95_ms: 390,
      output_tokens_per_second: 100,
      cost: '3',
      cost_per_call: '1.5',
    },
  ])
  expect(totals).toMatchObject({
    p50_ms: 2000,
    p95_ms: 2900,
    first_chunk_p50_ms: 300,
    first_chunk_p95_ms: 390,
  })
})

test('a call that never ended, or before it began, takes away nothing from how long others took', async () => {
  const ledger = await temporaryLedger([
    call({ milliseconds: 1000 }),
    call({ milliseconds: 0, endUnixNano: 0n }),
    call({ milliseconds: -5000 }),
  ])
  const { rows } = await ledger.sql('SELECT sum(duration_ms) AS milliseconds FROM calls')
  expect(rows).toEqual([{ milliseconds: 1000 }])
})
