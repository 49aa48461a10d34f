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
