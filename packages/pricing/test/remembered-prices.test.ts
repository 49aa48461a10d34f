import { expect, test } from 'vitest'
import { loadPriceBook, type PriceableCall, priceUsage } from '../src/index.ts'

const at = new Date('2026-09-01T12:00:00Z')
const usage = { inputTokens: 1000, outputTokens: 100 }
const overrides = {
  prices: [
    {
      provider: 'gcp.gemini',
      model: 'gemini-2.5-pro',
      tenant: 'flat',
      perMillionTokens: { input: 1, output: 5 },
    },
    { provider: 'openai', model: 'gpt-4o', currency: 'EUR', perMillionTokens: { input: 1, output: 5 } },
  ],
  currencies: {
    EUR: [
      { from: '2026-01-01', usd: 1.1 },
      { from: '2026-10-01', usd: 1.2 },
    ],
  },
  discounts: [
    { tenant: 'acme', percent: 50 },
    { percent: 10, from: '2026-10-01' },
  ],
}

const anthropic = { provider: 'anthropic', model: 'claude-opus-4-6', at, usage }
const openai = { provider: 'openai', model: 'gpt-4.1', at, usage }
const google = { provider: 'gcp.gemini', model: 'gemini-2.5-pro', at, usage }
const image = { provider: 'openai', model: 'dall-e-3', at, usage: { images: 1 } }

/** Pairs of calls that differ in one thing, on which the price depends. */
const PAIRS: [what: string, one: PriceableCall, other: PriceableCall][] = [
  ['the tenant', openai, { ...openai, tenant: 'acme' }],
  ['the day', openai, { ...openai, at: new Date('2026-10-01') }],
  ['the tier', openai, { ...openai, serviceTier: 'priority' }],
  ['the batch', anthropic, { ...anthropic, batch: true }],
  ['where it was inferred', anthropic, { ...anthropic, inferenceGeo: 'us' }],
  ['the speed', anthropic, { ...anthropic, speed: 'fast' }],
  ['the length of its input', google, { ...google, usage: { ...usage, inputTokens: 200_001 } }],
  [
    'the length of its input, at list price alone',
    { ...google, tenant: 'flat' },
    { ...google, tenant: 'flat', usage: { ...usage, inputTokens: 200_001 } },
  ],
  [
    'the day of an exchange rate',
    { ...openai, model: 'gpt-4o' },
    { ...openai, model: 'gpt-4o', at: new Date('2026-10-01') },
  ],
  [
    'the region',
    { ...google, provider: 'gcp.vertex_ai', model: 'claude-sonnet-4-5', region: 'global' },
    { ...google, provider: 'gcp.vertex_ai', model: 'claude-sonnet-4-5', region: 'europe-west1' },
  ],
  [
    'the size of an image',
    { ...image, image: { size: '1024x1024' } },
    { ...image, image: { size: '1792x1024' } },
  ],
  [
    'the quality of an image',
    { ...image, image: { size: '1024x1024', quality: 'standard' } },
    { ...image, image: { size: '1024x1024', quality: 'hd' } },
  ],
  [
    'the search context',
    { provider: 'perplexity', model: 'sonar', at, usage, searchContextSize: 'low' },
    { provider: 'perplexity', model: 'sonar', at, usage, searchContextSize: 'high' },
  ],
  [
    'whether the model thought',
    { provider: 'alibaba_cloud', model: 'qwen-plus', at, usage: { ...usage, reasoningTokens: 0 } },
    { provider: 'alibaba_cloud', model: 'qwen-plus', at, usage: { ...usage, reasoningTokens: 50 } },
  ],
  [
    'the model that was asked for',
    { ...openai, model: 'nobody-knows' },
    { ...openai, model: 'nobody-knows', requestModel: 'gpt-4.1' },
  ],
  ['the host', openai, { ...openai, host: 'openrouter.ai' }],
]

test.each(PAIRS)(
  'two calls that differ in %s have each its own price, whichever came before',
  (_, ...calls) => {
    const fresh = calls.map((call) => priceUsage(call, loadPriceBook({ overrides })))
    expect(fresh[0]).not.toEqual(fresh[1])
    const book = loadPriceBook({ overrides })
    for (const index of [0, 1, 0, 1]) expect(priceUsage(calls[index]!, book)).toEqual(fresh[index])
  },
)
