import { expect, test } from 'vitest'
import { ancestor, call, hex } from '../span.ts'
import { temporaryLedger } from '../temporary-ledger.ts'

const time = (second: number): string =>
  new Date(Date.parse('2026-10-01T12:00:00Z') + second * 1000).toISOString()
const spans = [
  ancestor({ trace: 1, span: 1, at: time(0), milliseconds: 9000, name: 'POST /faq' }),
  call({
    trace: 1,
    span: 2,
    parent: 1,
    at: time(1),
    cost: '1',
    business: { feature: 'faq-bot', tenant: 'acme' },
  }),
  call({
    trace: 1,
    span: 3,
    parent: 1,
    at: time(2),
    cost: '2',
    business: { feature: 'search', tenant: 'acme' },
    responseModel: 'gpt-5-mini',
    status: 'error',
  }),
  call({ trace: 2, span: 1, at: time(5), cost: '2.5', milliseconds: 700, business: { feature: 'faq-bot' } }),
  call({ trace: 3, span: 1, at: time(6), cost: '0.1', business: { feature: 'faq-bot' } }),
]

test('the dearest first, with all their calls, and what the limit hides', async () => {
  const ledger = await temporaryLedger(spans)
  const { rows, totals, hidden } = await ledger.view('traces', { limit: 2 })
  expect(rows).toEqual([
    {
      trace_id: hex(1, 32),
      name: 'POST /faq',
      started: time(0),
      duration_ms: 9000,
      cost: '3',
      calls: 2,
      features: 'faq-bot, search',
      tenants: 'acme',
      models: 'gpt-5, gpt-5-mini',
      errors: 1,
    },
    {
      trace_id: hex(2, 32),
      name: 'chat gpt-5',
      started: time(5),
      duration_ms: 700,
      cost: '2.5',
      calls: 1,
      features: 'faq-bot',
      tenants: null,
      models: 'gpt-5',
      errors: 0,
    },
  ])
  expect(totals).toEqual({ cost: '5.6', calls: 4 })
  expect(hidden).toEqual({ rows: 1, cost: '0.1', calls: 1 })
})

test('a trace is called as its root is, even if a span below started before it or with it', async () => {
  const ledger = await temporaryLedger([
    ancestor({ trace: 1, span: 9, name: 'invoke_workflow triage' }),
    call({ trace: 1, span: 3, parent: 9, cost: '2', name: 'embeddings' }),
    call({ trace: 2, span: 3, parent: 9, cost: '1', name: 'chat gpt-5' }),
    ancestor({ trace: 2, span: 9, parent: 7, name: 'POST /faq', at: '2026-10-01T12:00:01Z' }),
  ])
  const { rows } = await ledger.view('traces')
  expect(rows.map(({ name }) => name)).toEqual(['invoke_workflow triage', 'POST /faq'])
})

test('behind a filter: the cost of the calls that match', async () => {
  const ledger = await temporaryLedger(spans)
  const { rows, totals } = await ledger.view('traces', { where: [{ key: 'feature', value: 'faq-bot' }] })
  expect(rows.map(({ trace_id, cost, calls }) => [trace_id, cost, calls])).toEqual([
    [hex(2, 32), '2.5', 1],
    [hex(1, 32), '1', 1],
    [hex(3, 32), '0.1', 1],
  ])
  expect(totals).toEqual({ cost: '3.6', calls: 3 })
})

test('a trace counts in the range in which its first call began', async () => {
  const ledger = await temporaryLedger(spans)
  const ids = async (since: number, until: number): Promise<unknown[]> =>
    (await ledger.view('traces', { since: new Date(time(since)), until: new Date(time(until)) })).rows.map(
      ({ trace_id, cost }) => [trace_id, cost],
    )
  expect(await ids(0, 2)).toEqual([[hex(1, 32), '3']])
  expect(await ids(2, 6)).toEqual([[hex(2, 32), '2.5']])
})

test('a trace is described by all of its spans, hours apart, whatever the order they came in', async () => {
  const hours = (count: number): string => time(count * 3600)
  const apart = [
    ancestor({ trace: 7, span: 1, at: hours(0), name: 'nightly' }),
    call({ trace: 7, span: 2, parent: 1, at: hours(5), cost: '1', business: { feature: 'early' } }),
    call({ trace: 7, span: 3, parent: 1, at: hours(11), cost: '2', business: { feature: 'late' } }),
  ]
  for (const batches of [[apart], apart.map((span) => [span]), apart.toReversed().map((span) => [span])]) {
    const ledger = await temporaryLedger()
    for (const batch of batches) await ledger.append(batch)
    for (const where of [[], [{ key: 'feature', value: 'late' }]]) {
      const { rows } = await ledger.view('traces', { where })
      expect(rows).toMatchObject([
        { name: 'nightly', started: hours(0), duration_ms: 11 * 3_600_000 + 500, features: 'early, late' },
      ])
    }
  }
})
