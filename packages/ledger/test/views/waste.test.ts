import { expect, test } from 'vitest'
import { call } from '../span.ts'
import { temporaryLedger } from '../temporary-ledger.ts'

test('retries, errors and aborted calls, as rates and in dollars', async () => {
  const business = { feature: 'faq-bot' }
  const ledger = await temporaryLedger([
    call({ business, cost: '1', attempts: 1 }),
    call({ business, cost: '2', attempts: 3 }),
    call({ business, cost: '4', attempts: 2, status: 'error' }),
    call({ business, unpriced: 'no_usage', status: 'error' }),
    call({ business, cost: '8', usageMissing: 'aborted', status: 'error' }),
    call({ business: { feature: 'other' }, cost: '16' }),
    call({ business: { feature: 'broken' }, unpriced: 'no_usage', usageMissing: 'aborted' }),
  ])
  const { rows, totals } = await ledger.view('waste')
  expect(rows).toEqual([
    {
      key: 'faq-bot',
      cost: '15',
      calls: 5,
      wasted_cost: '12',
      wasted_share: 0.8,
      retried_calls: 2,
      retry_rate: 0.4,
      extra_attempts: 3,
      retried_cost: '6',
      error_calls: 2,
      error_rate: 0.4,
      error_cost: '4',
      aborted_calls: 1,
      aborted_rate: 0.2,
      aborted_cost: '8',
    },
    expect.objectContaining({ key: 'other', wasted_cost: '0', wasted_share: 0, retried_calls: 0 }),
    expect.objectContaining({
      key: 'broken',
      wasted_cost: null,
      aborted_cost: null,
      aborted_calls: 1,
      error_cost: '0',
    }),
  ])
  expect(totals).toMatchObject({
    cost: '31',
    calls: 7,
    wasted_cost: '12',
    retried_calls: 2,
    aborted_calls: 2,
  })
})

test('aborted calls of which none has a price cost an unknown amount, in the totals too', async () => {
  const ledger = await temporaryLedger([
    call({ business: { feature: 'faq-bot' }, cost: '1', status: 'error' }),
    call({ business: { feature: 'broken' }, unpriced: 'no_usage', usageMissing: 'aborted' }),
  ])
  const { totals } = await ledger.view('waste')
  expect(totals).toMatchObject({ aborted_cost: null, error_cost: '1', wasted_cost: '1', retried_cost: '0' })
})
