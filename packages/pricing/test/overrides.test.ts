import { describe, expect, it } from 'vitest'
import {
  loadPriceBook,
  type OverridesError,
  type OverridesInput,
  type PriceableCall,
  priceUsage,
} from '../src/index.ts'

const usage = { inputTokens: 1_000_000, outputTokens: 1_000_000 }

function price(overrides: OverridesInput, call: Partial<PriceableCall> = {}) {
  return priceUsage(
    { provider: 'openai', model: 'gpt-4o', at: new Date('2026-09-01'), usage, ...call },
    loadPriceBook({ overrides }),
  )
}

describe('aliases', () => {
  it('name the model of a deployment', () => {
    expect(
      price(
        { aliases: { 'azure.ai.openai/my-prod-gpt4': 'gpt-4.1' } },
        { provider: 'azure.ai.openai', model: 'my-prod-gpt4' },
      ),
    ).toMatchObject({ amount: '10' })
  })

  it('name the model of a Bedrock application inference profile', () => {
    const arn = 'arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc'
    const aliases = { [arn]: 'us.anthropic.claude-sonnet-4-5-20250929-v1:0' }
    expect(price({ aliases }, { provider: 'aws.bedrock', model: arn })).toMatchObject({ amount: '19.8' })
  })

  it('may point to another provider’s list', () => {
    expect(
      price({ aliases: { 'corp/chat': 'anthropic/claude-opus-4-5' } }, { provider: 'corp', model: 'chat' }),
    ).toMatchObject({ amount: '30' })
  })
})

describe('contract prices', () => {
  const contract: OverridesInput = {
    prices: [
      { provider: 'openai', model: 'gpt-4o', from: '2026-01-01', perMillionTokens: { input: 2, output: 8 } },
      {
        provider: 'openai',
        model: 'gpt-4o',
        tenant: 'acme',
        from: '2026-01-01',
        to: '2026-12-01',
        perMillionTokens: { input: 1, output: 4 },
      },
    ],
  }

  it('replace the list price, which is kept beside', () => {
    expect(price(contract)).toMatchObject({
      amount: '10',
      listAmount: '12.5',
      source: 'contract',
      price: 'openai/gpt-4o@2026-01-01',
    })
  })

  it('of a tenant come before those of a model by its name, and these before those of a pattern, however late', () => {
    const perMillionTokens = (input: number) => ({ perMillionTokens: { input, output: 0 } })
    const prices = [
      { provider: 'openai', model: 'gpt-4*', from: '2026-06-01', ...perMillionTokens(1) },
      { provider: 'openai', model: 'gpt-4o', from: '2026-01-01', ...perMillionTokens(2) },
      { provider: 'openai', model: 'gpt-4*', tenant: 'acme', from: '2026-01-01', ...perMillionTokens(3) },
    ]
    for (const order of [prices, prices.toReversed()]) {
      expect(price({ prices: order })).toMatchObject({ amount: '2' })
      expect(price({ prices: order }, { tenant: 'acme' })).toMatchObject({ amount: '3' })
      expect(price({ prices: order }, { model: 'gpt-4-turbo' })).toMatchObject({ amount: '1' })
    }
  })

  it('of a tenant come before those of everyone, while they last', () => {
    expect(price(contract, { tenant: 'acme' })).toMatchObject({ amount: '5' })
    expect(price(contract, { tenant: 'acme', at: new Date('2026-12-01') })).toMatchObject({ amount: '10' })
    expect(price(contract, { at: new Date('2025-06-01') })).toMatchObject({ amount: '12.5', source: 'list' })
  })

  it('beat a declared cost', () => {
    expect(price(contract, { declaredCost: { amount: 99, currency: 'USD' } })).toMatchObject({
      amount: '10',
      source: 'contract',
    })
  })

  it('price a model that no list has, in another currency by the rate of the day', () => {
    const overrides: OverridesInput = {
      prices: [
        { provider: 'corp', model: 'corp-*', currency: 'CNY', perMillionTokens: { input: 10, output: 20 } },
      ],
      currencies: {
        CNY: [
          { from: '2026-01-01', usd: 0.14 },
          { from: '2026-08-01', usd: 0.15 },
        ],
      },
    }
    expect(price(overrides, { provider: 'corp', model: 'corp-large' })).toMatchObject({
      amount: '4.5',
      source: 'contract',
    })
    expect(
      price(overrides, { provider: 'corp', model: 'corp-large', at: new Date('2026-07-31') }),
    ).toMatchObject({ amount: '4.2' })
    expect(
      price(overrides, { provider: 'corp', model: 'corp-large', at: new Date('2025-07-31') }),
    ).toMatchObject({ priced: false, reason: 'unknown_currency' })
  })
})

describe('discounts and margins', () => {
  it('stack, by provider, model and tenant', () => {
    const overrides: OverridesInput = {
      discounts: [
        { provider: 'openai', percent: 10 },
        { model: 'gpt-4o', percent: 5 },
        { tenant: 'acme', percent: -20 },
      ],
    }
    expect(price(overrides)).toMatchObject({ amount: '10.6875', listAmount: '12.5', source: 'contract' })
    expect(price(overrides, { tenant: 'acme' })).toMatchObject({ amount: '12.825' })
    expect(price(overrides, { provider: 'anthropic', model: 'claude-opus-4-5' })).toMatchObject({
      amount: '30',
      source: 'list',
    })
  })

  it('hold between their dates', () => {
    const overrides: OverridesInput = { discounts: [{ percent: 50, from: '2026-09-01', to: '2026-10-01' }] }
    expect(price(overrides, { at: new Date('2026-08-31T23:59:59Z') })).toMatchObject({ amount: '12.5' })
    expect(price(overrides, { at: new Date('2026-09-01') })).toMatchObject({ amount: '6.25' })
    expect(price(overrides, { at: new Date('2026-10-01') })).toMatchObject({ amount: '12.5' })
  })

  it('apply to tool fees too, after geography', () => {
    const overrides: OverridesInput = { discounts: [{ percent: 50 }] }
    expect(price(overrides, { tools: { web_search: 100 } })).toMatchObject({
      amount: '6.75',
      listAmount: '13.5',
    })
  })
})

describe('self-hosted models', () => {
  it('cost by GPU-hour and duration', () => {
    const overrides: OverridesInput = {
      selfHosted: [{ provider: 'vllm', model: 'llama-*', perGpuHour: 2.5, gpus: 4 }],
    }
    const call = { provider: 'vllm', model: 'llama-3-70b', durationSeconds: 36 }
    expect(price(overrides, call)).toMatchObject({ amount: '0.1', source: 'contract' })
    expect(price(overrides, { provider: 'vllm', model: 'llama-3-70b' })).toMatchObject({
      priced: false,
      reason: 'no_usage',
    })
  })

  it('cost by the second', () => {
    expect(
      price({ selfHosted: [{ model: 'mine', perSecond: 0.002 }] }, { model: 'mine', durationSeconds: 1.5 }),
    ).toMatchObject({ amount: '0.003' })
  })
})

describe('provisioned capacity', () => {
  it('is what Anthropic’s priority tier is, a capacity commitment', () => {
    const cost = priceUsage(
      {
        provider: 'anthropic',
        model: 'claude-sonnet-4-5',
        at: new Date('2026-09-01'),
        serviceTier: 'priority',
        usage: { inputTokens: 1_000, outputTokens: 1_000 },
      },
      loadPriceBook(),
    )
    expect(cost).toMatchObject({ priced: true, amount: '0', listAmount: '0.018', source: 'contract' })
  })

  it('costs nothing more, with the shadow cost beside it', () => {
    expect(price({ provisioned: [{ provider: 'openai', model: 'gpt-4o' }] })).toMatchObject({
      amount: '0',
      listAmount: '12.5',
      source: 'contract',
    })
    expect(price({}, { serviceTier: 'scale' })).toMatchObject({ amount: '0', listAmount: '12.5' })
    const arn = 'arn:aws:bedrock:us-east-1:1:provisioned-model/abc'
    expect(
      price({ aliases: { [arn]: 'amazon.nova-pro-v1:0' } }, { provider: 'aws.bedrock', model: arn }),
    ).toMatchObject({ amount: '0', listAmount: '4' })
  })
})

describe('mistakes', () => {
  it('are all named with their path', () => {
    const wrong = {
      alias: {},
      prices: [
        { provider: 'openai', model: 'gpt-4o', perMillionToken: { input: 1 } },
        {
          provider: 'openai',
          model: 'x',
          from: '2026-02-01',
          to: '2026-01-01',
          perMillionTokens: { input: -1 },
        },
      ],
      discounts: [{ percent: 'ten' }],
      selfHosted: [{ model: 'm' }],
      currencies: { CNY: [{ from: 'today', usd: 1 }] },
    } as unknown as OverridesInput
    expect.assertions(1)
    try {
      loadPriceBook({ overrides: wrong })
    } catch (error) {
      expect((error as OverridesError).problems.map(({ path }) => path.join('.'))).toEqual([
        'alias',
        'prices.0.perMillionToken',
        'prices.1.to',
        'prices.1.perMillionTokens.input',
        'discounts.0.percent',
        'selfHosted.0',
        'currencies.CNY.0',
      ])
    }
  })
})

describe('an alias', () => {
  it('may name the provider as any emitter does', () => {
    const book = loadPriceBook({ overrides: { aliases: { 'azure/my-prod': 'gpt-4.1' } } })
    const call = { provider: 'azure.ai.openai', model: 'my-prod', at: new Date('2026-09-01') }
    expect(priceUsage({ ...call, usage: { inputTokens: 1_000, outputTokens: 1_000 } }, book)).toMatchObject({
      amount: '0.01',
    })
  })
})

describe('a declared cost', () => {
  const call = {
    provider: 'openai',
    model: 'gpt-4o',
    at: new Date('2026-09-01'),
    usage: { inputTokens: 1_000, outputTokens: 1_000 },
  }

  it('is kept without floating-point noise', () => {
    const declaredCost = { amount: 0.1 + 0.2, currency: 'USD' }
    expect(priceUsage({ ...call, declaredCost }, loadPriceBook())).toMatchObject({ amount: '0.3' })
  })

  it('is what the call cost, whatever the discount on the list price', () => {
    const book = loadPriceBook({ overrides: { discounts: [{ provider: 'openrouter', percent: 10 }] } })
    const declaredCost = { amount: 0.02, currency: 'USD' }
    expect(
      priceUsage({ ...call, provider: 'openrouter', model: 'openai/gpt-4o', declaredCost }, book),
    ).toMatchObject({
      amount: '0.02',
      listAmount: '0.0125',
      source: 'provider',
    })
  })

  it('in a currency without a rate is not used, and the decisions say so', () => {
    const cost = priceUsage({ ...call, declaredCost: { amount: 1, currency: 'EUR' } }, loadPriceBook())
    expect(cost).toMatchObject({ amount: '0.0125', source: 'list' })
    expect(cost.decisions.at(-1)).toBe(
      'declared: 1 EUR is not used: not an amount, or no dated rate for its currency',
    )
  })
})

describe('a discount', () => {
  it('may name the provider by another of its names', () => {
    const book = loadPriceBook({ overrides: { discounts: [{ provider: 'azure', percent: 10 }] } })
    const call = { provider: 'azure.ai.openai', model: 'gpt-4.1', at: new Date('2026-09-01') }
    expect(priceUsage({ ...call, usage: { inputTokens: 1_000, outputTokens: 1_000 } }, book)).toMatchObject({
      amount: '0.009',
      listAmount: '0.01',
    })
  })
})
