import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { add, decimal, formatDecimal, ZERO } from '../src/decimal.ts'
import { loadPriceBook, priceNumbers, priceUsage, type Usage } from '../src/index.ts'

const book = loadPriceBook({ overrides: { discounts: [{ tenant: 'acme', percent: 7.25 }] } })
const count = fc.nat(3_000_000)

/** Usage whose parts never exceed their totals. */
const usage: fc.Arbitrary<Usage> = fc
  .record({ text: count, read: count, write: count, hour: count, audio: count, out: count, thought: count })
  .map((n) => ({
    inputTokens: n.text + n.read + n.write + n.hour + n.audio,
    cacheReadTokens: n.read,
    cacheWriteTokens: n.write + n.hour,
    cacheWrite1hTokens: n.hour,
    audioInputTokens: n.audio,
    outputTokens: n.out + n.thought,
    reasoningTokens: n.thought,
  }))

const call = fc.record({
  model: fc.constantFrom(
    ['openai', 'gpt-5.6-sol'],
    ['openai', 'gpt-realtime'],
    ['anthropic', 'claude-opus-4-6'],
    ['gcp.gemini', 'gemini-2.5-flash'],
    ['deepseek', 'deepseek-v4-pro'],
    ['alibaba_cloud', 'qwen-plus'],
    ['aws.bedrock', 'us.anthropic.claude-opus-4-6-v1'],
  ),
  at: fc.date({ min: new Date('2026-01-01'), max: new Date('2027-06-01'), noInvalidDate: true }),
  tenant: fc.constantFrom('acme', 'other'),
  inferenceGeo: fc.constantFrom('us', 'global'),
  batch: fc.boolean(),
  usage,
})

describe('components', () => {
  it('sum to the amount, to the last digit, whatever was used', () => {
    fc.assert(
      fc.property(call, ({ model: [provider, model], ...rest }) => {
        const cost = priceUsage({ provider: provider!, model: model!, ...rest }, book)
        if (!cost.priced) return
        const sum = Object.values(cost.components).map(decimal).reduce(add, ZERO)
        expect(formatDecimal(sum)).toBe(cost.amount)
        expect(cost.amount).toMatch(/^\d+(\.\d*[1-9])?$/)
      }),
      { numRuns: 2_000 },
    )
  })

  it('and the amount are, as numbers, the doubles nearest to the exact decimals', () => {
    fc.assert(
      fc.property(call, fc.boolean(), ({ model: [provider, model], ...rest }, isDeclared) => {
        const priceable = {
          provider: provider!,
          model: model!,
          ...rest,
          ...(isDeclared && { declaredCost: { amount: 0.0125, currency: 'USD' } }),
        }
        const exact = priceUsage(priceable, book)
        const numbers = priceNumbers(priceable, book)
        if (!exact.priced || !numbers.priced) {
          expect(numbers).toEqual({ priced: false, reason: exact.priced ? '' : exact.reason })
          return
        }
        const { components, parts, ...others } = numbers
        expect(others).toEqual({
          priced: true,
          amount: Number(exact.amount),
          listAmount: Number(exact.listAmount),
          cacheSavings: exact.cacheSavings === undefined ? undefined : Number(exact.cacheSavings),
          price: exact.price,
          source: exact.source,
        })
        const byName = Object.fromEntries(
          components.map((component, index) => [component, String(parts[index])]),
        )
        const expected = Object.entries(exact.components).map(([name, part]) => [name, String(Number(part))])
        expect(byName).toEqual(Object.fromEntries(expected))
      }),
      { numRuns: 2_000 },
    )
  })

  it('are the same in safe integers and in big ones', () => {
    fc.assert(
      fc.property(usage, (used) => {
        const call = {
          provider: 'anthropic',
          model: 'claude-opus-4-6',
          at: new Date('2026-09-01'),
          usage: used,
        }
        const fast = priceUsage(call, book)
        // Tools take the exact path; none were used.
        const exact = priceUsage({ ...call, tools: { web_search: 0 } }, book)
        expect(exact).toEqual(fast)
      }),
      { numRuns: 500 },
    )
  })

  it('stay exact where a product leaves the safe integers', () => {
    const cost = priceUsage(
      {
        provider: 'openai',
        model: 'o1-pro',
        at: new Date('2026-09-01'),
        usage: { inputTokens: 9_000_000_000_000_001, outputTokens: 0 },
      },
      book,
    )
    expect(cost).toMatchObject({ amount: '1350000000000.00015' })
  })
})
