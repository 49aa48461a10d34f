import { loadPriceBook, priceUsage } from '@spanmeter/pricing'
import { describe, expect, it } from 'vitest'
import { describeCost, describePrice, diffPrices, listPrices, namedModel } from './describe.ts'

const book = loadPriceBook()

describe('spanmeter prices', () => {
  it('shows the price of a day, its history, sources and other names', () => {
    const text = describePrice(
      book,
      namedModel('deepseek/deepseek-v4-pro', undefined),
      new Date('2026-09-01'),
    )
    expect(text).toContain(
      '  from 2026-04-24\n    USD per million tokens: input 0.435, cacheRead 0.003625, output 0.87\n',
    )
    expect(text).toContain('* from 2026-08-16T16:00:00Z\n')
    expect(text).toContain(
      '    01:00-04:00, 06:00-10:00 UTC, Mon Tue Wed Thu Fri:\n      USD per million tokens: input 1.32, cacheRead 0.044, output 3.96\n',
    )
    expect(text).toContain('    checked 2026-09-23: https://api-docs.deepseek.com/quick_start/pricing\n')
  })

  it('says where to look when it knows no such model', () => {
    expect(() => describePrice(book, namedModel('gpt-nope', 'openai'), new Date())).toThrow(
      'openai lists no gpt-nope. "spanmeter prices list --provider openai" has its models.',
    )
    expect(() => namedModel('gpt-4o', undefined)).toThrow('Name the provider: provider/model, or --provider.')
  })

  it('explains a cost step by step', () => {
    const call = {
      provider: 'anthropic',
      model: 'claude-opus-4-6',
      at: new Date('2026-09-01'),
      inferenceGeo: 'us',
      usage: { inputTokens: 1_000, outputTokens: 200 },
    }
    expect(
      describeCost(call, priceUsage(call, book)),
    ).toBe(`anthropic/claude-opus-4-6 at 2026-09-01T00:00:00.000Z
  - price anthropic/claude-opus-4-6@2026-03-13
  - region: us, 1.1 of the token rates

  input        0.0055
  output       0.0055
  total        0.011 USD (list)
`)
  })

  it('lists a provider’s models', () => {
    expect(listPrices(book, 'x_ai', new Date('2026-09-01')).split('\n')[0]).toMatch(
      /^model +from +input +cache read +output +other$/,
    )
    expect(listPrices(book, undefined, new Date()).split('\n').length).toBeGreaterThan(40)
  })

  it('tells which prices changed between two days, announced ones too', () => {
    expect(
      diffPrices(book, new Date('2026-07-01'), new Date('2026-09-01'), 'openai'),
    ).toBe(`from        model                 change
2026-07-30  openai/gpt-5.6-terra  input 2.5 -> 2, cacheRead 0.25 -> 0.2, cacheWrite 3.125 -> 2.5, output 15 -> 12, cacheWrite12h - -> 5
2026-07-30  openai/gpt-5.6-luna   input 1 -> 0.2, cacheRead 0.1 -> 0.02, cacheWrite 1.25 -> 0.25, output 6 -> 1.2, cacheWrite12h - -> 0.5
2026-08-21  openai/gpt-5.6-sol    input 5 -> 4, cacheRead 0.5 -> 0.4, cacheWrite 6.25 -> 5, output 30 -> 20, cacheWrite12h - -> 10
`)
    expect(diffPrices(book, new Date('2026-12-31'), new Date('2027-01-02'), 'gcp.gemini')).toContain(
      'gcp.gemini/gemini-3.6-flash',
    )
  })
})
