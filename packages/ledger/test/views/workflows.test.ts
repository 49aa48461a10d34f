import { expect, test } from 'vitest'
import { ancestor, call } from '../span.ts'
import { temporaryLedger } from '../temporary-ledger.ts'

const time = (second: number): string =>
  new Date(Date.parse('2026-10-01T12:00:00Z') + second * 1000).toISOString()

/** Two runs of `support`; the first calls the workflow `search` twice. */
const spans = [
  ancestor({ trace: 1, span: 1, at: time(0), business: { workflow: 'support' } }),
  call({
    trace: 1,
    span: 2,
    parent: 1,
    at: time(1),
    cost: '1',
    milliseconds: 100,
    business: { workflow: 'support' },
  }),
  ancestor({ trace: 1, span: 3, parent: 1, at: time(2), workflowName: 'search' }),
  call({
    trace: 1,
    span: 4,
    parent: 3,
    at: time(3),
    cost: '0.1',
    milliseconds: 300,
    business: { workflow: 'search' },
  }),
  call({
    trace: 1,
    span: 5,
    parent: 3,
    at: time(4),
    cost: '0.2',
    milliseconds: 300,
    business: { workflow: 'search' },
  }),
  call({ trace: 2, span: 1, at: time(5), cost: '2', milliseconds: 100, business: { workflow: 'support' } }),
  call({ trace: 2, span: 2, at: time(6), cost: '4', milliseconds: 100, business: { workflow: 'support' } }),
  call({ trace: 3, span: 1, at: time(7), cost: '0.5', milliseconds: 50 }),
]

const expected = [
  {
    key: 'support',
    cost: '7',
    inclusive_cost: '7.3',
    share: 0.897436,
    runs: 2,
    cost_per_run: '3.65',
    calls: 3,
    calls_per_run: 2.5,
    p50_ms: 100,
    p95_ms: 300,
  },
  {
    key: null,
    cost: '0.5',
    inclusive_cost: '0.5',
    share: 0.064103,
    runs: null,
    cost_per_run: null,
    calls: 1,
    calls_per_run: null,
    p50_ms: 50,
    p95_ms: 50,
  },
  {
    key: 'search',
    cost: '0.3',
    inclusive_cost: '0.3',
    share: 0.038462,
    runs: 1,
    cost_per_run: '0.3',
    calls: 2,
    calls_per_run: 2,
    p50_ms: 300,
    p95_ms: 300,
  },
]

test('own and inclusive cost, cost per run and fan-out', async () => {
  const ledger = await temporaryLedger(spans)
  const { rows, totals } = await ledger.view('workflows')
  expect(rows).toEqual(expected)
  // A call that counts in two workflows is measured once.
  expect(totals).toEqual({ cost: '7.8', share: 1, calls: 6, p50_ms: 100, p95_ms: 300 })
})

test('are the same whatever the order and the batches that the spans came in', async () => {
  const ledger = await temporaryLedger()
  for (const span of spans.toReversed()) await ledger.append([span])
  expect((await ledger.view('workflows')).rows).toEqual(expected)
})

test('a run counts once in a range that has only its later calls, filtered or not', async () => {
  const ledger = await temporaryLedger(spans)
  const since = new Date(time(6))
  const figures = async (where: { key: string; value: string }[]): Promise<unknown> =>
    (await ledger.view('workflows', { since, where })).rows.find(({ key }) => key === 'support')
  expect(await figures([])).toMatchObject({ cost: '4', runs: 1, cost_per_run: '4' })
  expect(await figures([{ key: 'model', value: 'gpt-5' }])).toMatchObject({
    cost: '4',
    runs: 1,
    cost_per_run: '4',
  })
})

test('a workflow that makes no call itself has what it calls as inclusive cost', async () => {
  const ledger = await temporaryLedger([
    ancestor({ trace: 1, span: 1, business: { workflow: 'nightly' } }),
    call({ trace: 1, span: 2, parent: 1, cost: '1', at: time(1), business: { workflow: 'search' } }),
    call({ trace: 1, span: 3, parent: 1, cost: '1', at: time(2), business: { workflow: 'search' } }),
  ])
  expect(
    (await ledger.view('workflows')).rows.map(({ key, cost, inclusive_cost, runs, calls }) => [
      key,
      cost,
      inclusive_cost,
      runs,
      calls,
    ]),
  ).toEqual([
    ['search', '2', '2', 1, 2],
    ['nightly', '0', '2', 1, 0],
  ])
})
