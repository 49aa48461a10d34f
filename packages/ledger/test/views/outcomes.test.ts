import { expect, test } from 'vitest'
import { plantedConversations } from '../planted-spend.ts'
import { ancestor, call } from '../span.ts'
import { temporaryLedger } from '../temporary-ledger.ts'

test('4,320 resolved conversations at $4.21', async () => {
  const ledger = await temporaryLedger(plantedConversations())
  expect((await ledger.view('outcomes')).rows).toEqual([
    {
      key: 'support',
      outcome: 'conversation_resolved',
      outcomes: 4320,
      cost_per_outcome: '4.21',
      cost: '18187.2',
      calls: 12_960,
    },
  ])
})

test('an outcome counts on whatever span it was recorded, and a key without outcomes is shown without', async () => {
  const ledger = await temporaryLedger([
    ancestor({ trace: 1, span: 1, business: { feature: 'sales' }, outcomes: { lead: 2, sale: 0.5 } }),
    call({ trace: 1, span: 2, parent: 1, cost: '3', business: { feature: 'sales' } }),
    call({ cost: '1', business: { feature: 'faq-bot' } }),
  ])
  expect((await ledger.view('outcomes')).rows).toEqual([
    { key: 'sales', outcome: 'lead', outcomes: 2, cost_per_outcome: '1.5', cost: '3', calls: 1 },
    { key: 'sales', outcome: 'sale', outcomes: 0.5, cost_per_outcome: '6', cost: '3', calls: 1 },
    { key: 'faq-bot', outcome: null, outcomes: null, cost_per_outcome: null, cost: '1', calls: 1 },
  ])
})

test('an outcome may have any name', async () => {
  const outcomes = { 'said "yes"': 2, 'C:\\done': 1, '$.a[0]': 4 }
  const ledger = await temporaryLedger([call({ cost: '4', business: { feature: 'sales' }, outcomes })])
  const { rows } = await ledger.view('outcomes')
  expect(Object.fromEntries(rows.map((row) => [row.outcome, row.outcomes]))).toEqual(outcomes)
  const read = await ledger.sql('SELECT outcome, quantity FROM outcomes')
  expect(Object.fromEntries(read.rows.map((row) => [row.outcome, row.quantity]))).toEqual(outcomes)
})

test('an outcome that no call stands beside cost nothing, a text like all money', async () => {
  const ledger = await temporaryLedger([ancestor({ business: { feature: 'sales' }, outcomes: { lead: 2 } })])
  expect((await ledger.view('outcomes')).rows).toMatchObject([{ cost: '0', cost_per_outcome: '0', calls: 0 }])
})

test('outcomes that cancel out, or are hardly any, or too many to count have no cost each', async () => {
  const business = { feature: 'sales' }
  const ledger = await temporaryLedger([
    call({ cost: '1', business, outcomes: { refund: 0.1, point: 1e-9, vast: 1e308 } }),
    call({ cost: '1', business, outcomes: { refund: 0.2, vast: 1e308 } }),
    call({ cost: '1', business, outcomes: { refund: -0.3 } }),
  ])
  const { rows } = await ledger.view('outcomes')
  expect(rows.map(({ outcome, cost_per_outcome }) => [outcome, cost_per_outcome])).toEqual([
    ['point', null],
    ['refund', null],
    ['vast', null],
  ])
})

test('organization, application, feature, owner: each level narrows the one above', async () => {
  const place = (application: string, feature: string, owner: string): Record<string, string> => ({
    organization: 'acme',
    application,
    feature,
    owner,
  })
  const ledger = await temporaryLedger([
    call({ cost: '1', business: place('shop', 'search', 'ann'), outcomes: { order: 1 } }),
    call({ cost: '2', business: place('shop', 'search', 'bob') }),
    call({ cost: '4', business: place('shop', 'chat', 'bob') }),
    call({ cost: '8', business: place('desk', 'chat', 'eve') }),
  ])
  const level = async (by: string, ...where: [string, string][]): Promise<unknown[]> =>
    (await ledger.view('outcomes', { by, where: where.map(([key, value]) => ({ key, value })) })).rows.map(
      ({ key, cost, cost_per_outcome }) => [key, cost, cost_per_outcome],
    )
  expect(await level('organization')).toEqual([['acme', '15', '15']])
  expect(await level('application', ['organization', 'acme'])).toEqual([
    ['desk', '8', null],
    ['shop', '7', '7'],
  ])
  expect(await level('feature', ['organization', 'acme'], ['application', 'shop'])).toEqual([
    ['chat', '4', null],
    ['search', '3', '3'],
  ])
  expect(await level('owner', ['application', 'shop'], ['feature', 'search'])).toEqual([
    ['bob', '2', null],
    ['ann', '1', '1'],
  ])
})

test('the period before stands beside each key, whichever outcomes it had then', async () => {
  const sales = (at: string, cost: string, outcomes: Record<string, number>): ReturnType<typeof call> =>
    call({ at, cost, outcomes, business: { feature: 'sales' } })
  const ledger = await temporaryLedger([
    sales('2026-10-01T12:00:00Z', '4', { lead: 2, sale: 1 }),
    sales('2026-10-03T12:00:00Z', '6', { lead: 3, refund: 1 }),
    call({ at: '2026-10-01T12:00:00Z', cost: '8', outcomes: { done: 1 }, business: { feature: 'gone' } }),
    call({ at: '2026-10-01T12:00:00Z', cost: '1', business: { feature: 'faq-bot' } }),
    call({ at: '2026-10-03T12:00:00Z', cost: '2', business: { feature: 'faq-bot' } }),
  ])
  const { rows, totals } = await ledger.view('outcomes', {
    since: new Date('2026-10-03T00:00:00Z'),
    until: new Date('2026-10-05T00:00:00Z'),
    compare: 'previous',
  })
  expect(
    rows.map(({ key, outcome, outcomes, cost, previous_cost }) => [
      key,
      outcome,
      outcomes,
      cost,
      previous_cost,
    ]),
  ).toEqual([
    ['sales', 'lead', 3, '6', '4'],
    ['sales', 'refund', 1, '6', '4'],
    ['faq-bot', null, null, '2', '1'],
    ['gone', null, null, '0', '8'],
  ])
  expect(totals).not.toHaveProperty('previous_cost')
})
