import { describe, expect, it } from 'vitest'
import { loadPriceBook, type PriceableCall, priceNumbers, priceUsage } from '../src/index.ts'

const book = loadPriceBook()
const at = new Date('2026-09-01T12:00:00Z')

/** Sonnet, which asked Opus for advice. */
const advised: PriceableCall = {
  provider: 'anthropic',
  model: 'claude-sonnet-4-6',
  at,
  usage: { inputTokens: 3_400, cacheReadTokens: 1_000, cacheWriteTokens: 400, outputTokens: 3_000 },
  furtherUsage: [
    { model: 'claude-opus-4-7', usage: { inputTokens: 2_700, outputTokens: 800 } },
    { model: 'claude-opus-4-7', usage: { inputTokens: 3_000, cacheReadTokens: 1_000, outputTokens: 200 } },
  ],
}

/** A response of OpenAI's with an image in it, which another model made. */
const illustrated: PriceableCall = {
  provider: 'openai',
  model: 'gpt-4.1',
  at,
  usage: { inputTokens: 1_000, outputTokens: 500 },
  furtherUsage: [
    {
      model: 'gpt-image-1.5',
      usage: { inputTokens: 500, imageInputTokens: 200, outputTokens: 1_000, imageOutputTokens: 1_000 },
    },
  ],
}

/** Groq's Compound is billed as the models that it calls. */
const compound: PriceableCall = {
  provider: 'groq',
  model: 'groq/compound',
  requestModel: 'groq/compound',
  at,
  usage: { inputTokens: 500, outputTokens: 110 },
  furtherUsage: [
    { model: 'llama-3.3-70b-versatile', included: true, usage: { inputTokens: 300, outputTokens: 10 } },
    {
      model: 'openai/gpt-oss-120b',
      included: true,
      usage: { inputTokens: 200, outputTokens: 100, reasoningTokens: 80 },
    },
  ],
}

function amountOf(call: PriceableCall): string | undefined {
  const cost = priceUsage(call, book)
  return cost.priced ? cost.amount : undefined
}

describe('usage of further models', () => {
  it('is billed at the price of each beside the own usage, component by component', () => {
    expect(priceUsage(advised, book)).toEqual({
      priced: true,
      // 2,000 at 3, 1,000 at 0.3, 400 at 3.75, 3,000 at 15; then 4,700 at 5, 1,000 at 0.5, 1,000 at 25, a million.
      amount: '0.1018',
      currency: 'USD',
      components: { input: '0.0295', cache_read: '0.0008', cache_write: '0.0015', output: '0.07' },
      listAmount: '0.1018',
      // The thousand read would have cost 3, and cost 0.3 and the 1.5 of what was written; with Opus 5, and cost 0.5.
      cacheSavings: '0.0057',
      price: 'anthropic/claude-sonnet-4-6@2026-03-13 + anthropic/claude-opus-4-7@2026-04-16',
      source: 'list',
      decisions: expect.any(Array),
    })
  })

  it('is all that is billed of a call without a usage of its own', () => {
    const fetched: PriceableCall = {
      provider: 'openai',
      model: 'gpt-4.1',
      at,
      operation: 'fetch_response',
      usage: {},
      furtherUsage: [{ model: 'gpt-4.1', included: true, usage: { inputTokens: 1_000, outputTokens: 500 } }],
      tools: { web_search: 1 },
    }
    const made: PriceableCall = {
      ...fetched,
      furtherUsage: [],
      usage: { inputTokens: 1_000, outputTokens: 500 },
    }
    expect(priceUsage(fetched, book)).toMatchObject({ amount: amountOf(made) })
  })

  it('has components of its own', () => {
    expect(priceUsage(illustrated, book)).toMatchObject({
      amount: '0.0411',
      components: { input: '0.0035', image: '0.0336', output: '0.004' },
      price: 'openai/gpt-4.1@2025-04-14 + openai/gpt-image-1.5@2025-12-16',
    })
  })

  it('is not billed twice where the totals have it in them', () => {
    expect(priceUsage(compound, book)).toMatchObject({
      amount: '0.0002749',
      components: { input: '0.000207', output: '0.0000679' },
      price: 'groq/llama-3.3-70b-versatile@2024-12-06 + groq/openai/gpt-oss-120b@2026-07-02',
    })
  })

  it('leaves the tools that ran to be paid once', () => {
    expect(priceUsage({ ...compound, tools: { web_search: 2 } }, book)).toMatchObject({
      amount: '0.0102749',
      components: { tools: '0.01' },
    })
    expect(priceUsage({ ...illustrated, tools: { web_search: 1 } }, book)).toMatchObject({
      amount: '0.0511',
    })
  })

  it('takes part in batch, region and tenant of the call', () => {
    const whole = { ...advised, batch: true, inferenceGeo: 'us' }
    expect(priceUsage(whole, book)).toMatchObject({ amount: '0.05599' })
    const discounted = loadPriceBook({ overrides: { discounts: [{ tenant: 'acme', percent: 50 }] } })
    expect(priceUsage({ ...advised, tenant: 'acme' }, discounted)).toMatchObject({
      amount: '0.0509',
      listAmount: '0.1018',
      source: 'contract',
    })
  })

  it('keeps the list price of the models that have no contract', () => {
    const prices = [
      { provider: 'anthropic', model: 'claude-opus-4-7', perMillionTokens: { input: 0, output: 0 } },
    ]
    const contracted = loadPriceBook({ overrides: { prices } })
    expect(priceUsage(advised, contracted)).toMatchObject({
      amount: '0.0528',
      listAmount: '0.1018',
      source: 'contract',
    })
  })

  it('is in the cost that a gateway declares, and in the list price beside it', () => {
    const declaredCost = { amount: 0.09, currency: 'USD' }
    expect(priceUsage({ ...advised, declaredCost }, book)).toMatchObject({
      amount: '0.09',
      listAmount: '0.1018',
      components: { requests: '0.09' },
      source: 'provider',
    })
    const byok = { amount: 0.005, currency: 'USD', byok: true }
    expect(priceUsage({ ...advised, declaredCost: byok }, book)).toMatchObject({ amount: '0.1068' })
  })

  it.each<[string, PriceableCall, string]>([
    [
      'one of them is in no list',
      { ...advised, furtherUsage: [{ model: 'claude-oracle-9', usage: { inputTokens: 1 } }] },
      'unknown_model',
    ],
    ['one of them is not named', { ...advised, furtherUsage: [{ model: '', usage: {} }] }, 'unknown_model'],
    [
      'one of them states no usage',
      { ...advised, furtherUsage: [{ model: 'claude-opus-4-7', usage: {} }] },
      'no_usage',
    ],
    ['the own usage is not known', { ...advised, usage: {} }, 'no_usage'],
    [
      'something is left for a model without a price',
      { ...compound, usage: { inputTokens: 501 } },
      'unknown_model',
    ],
    [
      'more is said to be in the totals than they hold',
      { ...compound, usage: { inputTokens: 499 } },
      'impossible_usage',
    ],
    ['a tool has no known fee', { ...compound, tools: { teleport: 1 } }, 'unknown_tool'],
  ])('leaves the call without a price where %s', (_, call, reason) => {
    expect(priceUsage(call, book)).toMatchObject({ priced: false, reason })
    expect(priceNumbers(call, book)).toEqual({ priced: false, reason })
  })

  it('comes to the same as numbers', () => {
    expect(priceNumbers(advised, book)).toEqual({
      priced: true,
      amount: 0.1018,
      components: ['input', 'cache_read', 'cache_write', 'output'],
      parts: [0.0295, 0.0008, 0.0015, 0.07],
      listAmount: 0.1018,
      cacheSavings: 0.0057,
      price: 'anthropic/claude-sonnet-4-6@2026-03-13 + anthropic/claude-opus-4-7@2026-04-16',
      source: 'list',
    })
  })
})

describe('components as numbers', () => {
  it.each([
    ['further usage', { furtherUsage: advised.furtherUsage! }],
    ['a declared cost', { declaredCost: { amount: 1, currency: 'USD' } }],
  ])('are the same list for all calls with %s: what follows from it is remembered by it', (_, more) => {
    const { furtherUsage: _further, ...call } = advised
    const [one, other] = [0, 1].map(() => priceNumbers({ ...call, ...more }, book))
    if (!one?.priced || !other?.priced) throw new Error('no price')
    expect(one.components).toBe(other.components)
  })
})
