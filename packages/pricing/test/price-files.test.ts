import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { compiledLists, readProviderFiles } from '../scripts/compiled-lists.ts'
import type { DatedPrice, ProviderFile } from '../src/price-file.ts'
import { checkProviderFile } from '../src/price-file-check.ts'

const files = readProviderFiles()

describe('the price book', () => {
  it('has 3,000 models and 40 providers or more', () => {
    const counts = files.map(({ models }) => Object.keys(models).length)
    expect(counts.filter((count) => count > 0).length).toBeGreaterThanOrEqual(40)
    expect(counts.reduce((sum, count) => sum + count)).toBeGreaterThanOrEqual(3_000)
  })

  it('is compiled from its present files', () => {
    const compiled = readFileSync(new URL('../generated/price-lists.jsonl', import.meta.url), 'utf8')
    expect(compiled === compiledLists(), 'run: npm run prices:compile -w packages/pricing').toBe(true)
  })

  it('names each provider, alias and host once', () => {
    const names = files.flatMap(({ provider, aliases = [], hosts = [] }) => [provider, ...aliases, ...hosts])
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
  })

  it('has no two providers whose names differ only in case and separators', () => {
    const owners = new Map<string, Set<string>>()
    for (const { provider, aliases = [] } of files) {
      for (const name of [provider, ...aliases]) {
        const bare = name.toLowerCase().replace(/[\s._-]/g, '')
        owners.set(bare, (owners.get(bare) ?? new Set()).add(provider))
      }
    }
    expect([...owners.values()].filter(({ size }) => size > 1)).toEqual([])
  })
})

describe('the check of price files', () => {
  const price: DatedPrice = {
    from: '2026-01-01',
    checked: '2026-02-01',
    sources: ['https://example.com/pricing'],
    perMillionTokens: { input: 1, output: 2 },
  }
  const problems = (prices: unknown[], more: object = {}) =>
    checkProviderFile({
      provider: 'acme',
      name: 'Acme',
      pages: ['https://example.com/pricing'],
      models: { m: { prices } },
      ...more,
    } as unknown as ProviderFile).map(({ path, message }) => `${path.join('.')}: ${message}`)

  it('accepts a dated price with its source', () => {
    expect(problems([price])).toEqual([])
  })

  it.each<[string, unknown[], string]>([
    [
      'a price per token',
      [{ ...price, perMillionTokens: { input: 0.000001 } }],
      'models.m.prices.0.perMillionTokens.input: 0.000001 is not a plausible price perMillionTokens: is it for one token?',
    ],
    [
      'a price per billion',
      [{ ...price, perMillionTokens: { input: 2_500 } }],
      'models.m.prices.0.perMillionTokens.input: 2500 is not a plausible price perMillionTokens: is it for another unit?',
    ],
    [
      'an unknown kind of token',
      [{ ...price, perMillionTokens: { prompt: 1 } }],
      'models.m.prices.0.perMillionTokens.prompt: is not a kind of token; expected one of',
    ],
    ['an unknown unit', [{ ...price, perToken: 1 }], 'models.m.prices.0.perToken: unknown key'],
    [
      'a missing first day',
      [{ ...price, from: undefined }],
      'models.m.prices.0.from: is missing: the first day of the price, as in 2026-07-01',
    ],
    [
      'a missing day of the check',
      [{ ...price, checked: undefined }],
      'models.m.prices.0.checked: is missing',
    ],
    ['a missing source', [{ ...price, sources: [] }], 'models.m.prices.0.sources: is missing'],
    [
      'overlapping prices',
      [price, { ...price, from: '2025-12-31' }],
      'models.m.prices.1.from: overlaps: it must be later than 2026-01-01, the price before it',
    ],
    [
      'falling context thresholds',
      [
        {
          ...price,
          context: [
            { above: 200, perMillionTokens: { input: 1 } },
            { above: 100, perMillionTokens: { input: 1 } },
          ],
        },
      ],
      'models.m.prices.0.context.1: overlaps: thresholds must rise, 100 follows 200',
    ],
    [
      'a window that is no half-hour',
      [{ ...price, windows: [{ hours: ['1-4'], perMillionTokens: { input: 1 } }] }],
      'models.m.prices.0.windows.0.hours: expected half-hours as in 16:30-00:30',
    ],
  ])('finds %s', (_, prices, problem) => {
    expect(problems(prices)[0]).toContain(problem)
  })

  it('finds a name that two models share', () => {
    expect(
      problems([price], { models: { a: { prices: [price] }, b: { aliases: ['A'], prices: [price] } } }),
    ).toEqual(['models.b: the name A is taken by a'])
  })
})
