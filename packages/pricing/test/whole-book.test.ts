import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CardCache } from '../src/card-cache.ts'
import { loadPriceBook, type PriceableCall, type PriceBook, priceNumbers, priceUsage } from '../src/index.ts'

const book = loadPriceBook({ overrides: { discounts: [{ tenant: 'acme', percent: 7.25 }] } })

/** The same book, of which nothing has been worked out yet. */
function fresh(): PriceBook {
  return Object.create(book, {
    cards: { value: new CardCache() },
    provider: { value: (name: string) => book.provider(name) },
    providerOfHost: { value: (host: string) => book.providerOfHost(host) },
  })
}

const maybe = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.option(value, { nil: undefined })
/** Zero, few, and about where tiers begin. */
const tokens = fc.oneof(
  fc.nat(3000),
  fc.constantFrom(0, 32_000, 32_001, 128_000, 128_001, 200_000, 200_001, 272_000, 272_001),
)
const circumstances = fc.record({
  usage: fc.record({
    inputTokens: maybe(tokens),
    cacheReadTokens: maybe(fc.nat(30)),
    cacheWriteTokens: maybe(fc.nat(30)),
    outputTokens: maybe(tokens),
    reasoningTokens: maybe(fc.nat(30)),
    images: maybe(fc.nat(3)),
    seconds: maybe(fc.constantFrom(0, 0.25, 61)),
    characters: maybe(fc.nat(3000)),
  }),
  serviceTier: maybe(fc.constantFrom('flex', 'priority', 'batch', 'standard', 'auto')),
  batch: maybe(fc.boolean()),
  region: maybe(fc.constantFrom('us-east-1', 'eu-west-1', 'global')),
  inferenceGeo: maybe(fc.constantFrom('us', 'global')),
  tenant: maybe(fc.constantFrom('acme', 'other')),
})

/** Of every model, calls at the first moment of each of its prices and the last one before. */
function callsOf(provider: string): PriceableCall[] {
  const dated = Object.entries(book.provider(provider)!.models).flatMap(([model, { prices }]) =>
    prices.flatMap(({ from }) => [0, -1].map((after) => ({ model, at: new Date(Date.parse(from) + after) }))),
  )
  const drawn = fc.sample(circumstances, { numRuns: dated.length, seed: 1 })
  return dated.map((call, index) => {
    const { usage, ...others } = drawn[index]!
    return { provider, ...call, ...known(others), usage: known(usage) } as PriceableCall
  })
}

function known(values: object): object {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
}

test('every model costs the same as decimals and as doubles, and whatever was asked before', () => {
  for (const provider of book.providerIds()) {
    for (const call of callsOf(provider)) {
      const cost = priceUsage(call, book)
      expect(priceUsage(call, fresh())).toEqual(cost)
      const numbers = priceNumbers(call, book)
      expect(numbers.priced ? numbers.amount : numbers.reason).toBe(
        cost.priced ? Number(cost.amount) : cost.reason,
      )
    }
  }
})
