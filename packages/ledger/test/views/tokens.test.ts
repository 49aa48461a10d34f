import { expect, test } from 'vitest'
import { call } from '../span.ts'
import { temporaryLedger } from '../temporary-ledger.ts'

test('tokens per call and cost per million, over the calls that are known', async () => {
  const business = { feature: 'faq-bot' }
  const ledger = await temporaryLedger([
    call({
      business,
      cost: '0.003',
      usage: {
        inputTokens: 1000,
        outputTokens: 200,
        cacheReadTokens: 600,
        cacheWriteTokens: 100,
        reasoningTokens: 50,
      },
    }),
    call({ business, cost: '0.001', usage: { inputTokens: 500, outputTokens: 300 } }),
    call({ business, unpriced: 'unknown_model', usage: { inputTokens: 9000, outputTokens: 1000 } }),
    call({ business, unpriced: 'no_usage' }),
  ])
  expect((await ledger.view('tokens')).rows).toEqual([
    {
      key: 'faq-bot',
      calls: 4,
      cost: '0.004',
      input_tokens: 10500,
      output_tokens: 1500,
      cache_read_tokens: 600,
      cache_write_tokens: 100,
      reasoning_tokens: 50,
      input_tokens_per_call: 3500,
      output_tokens_per_call: 500,
      cost_per_million_tokens: '2',
      missing_usage_calls: 1,
    },
  ])
})
