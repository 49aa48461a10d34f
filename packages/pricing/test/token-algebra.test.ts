import { describe, expect, it } from 'vitest'
import { inclusiveUsage, type ReportedUsage } from '../src/index.ts'

describe('inclusiveUsage', () => {
  it.each<[string, ReportedUsage, number, string, string]>([
    ['leaves usage without cache alone', { usage: { inputTokens: 10 } }, 10, 'inclusive', 'nothing-cached'],
    [
      'believes what is stated',
      { usage: { inputTokens: 100, cacheReadTokens: 50 }, stated: 'exclusive' },
      150,
      'exclusive',
      'stated',
    ],
    [
      'sees more cached tokens than input',
      { usage: { inputTokens: 10, cacheReadTokens: 900, cacheWriteTokens: 90 } },
      1_000,
      'exclusive',
      'cache-exceeds-input',
    ],
    [
      'sees a total that needs the cache beside it',
      { usage: { inputTokens: 100, cacheReadTokens: 50, outputTokens: 5 }, totalTokens: 155 },
      150,
      'exclusive',
      'totals',
    ],
    [
      'sees a total that has the cache inside',
      { usage: { inputTokens: 100, cacheReadTokens: 50, outputTokens: 5 }, totalTokens: 105 },
      100,
      'inclusive',
      'totals',
    ],
    [
      'knows the emitter where the numbers leave it open',
      {
        usage: { inputTokens: 100, cacheReadTokens: 50, outputTokens: 5 },
        totalTokens: 105,
        emitter: 'exclusive',
      },
      150,
      'exclusive',
      'emitter',
    ],
    [
      'believes the numbers rather than the emitter',
      { usage: { inputTokens: 10, cacheReadTokens: 900 }, emitter: 'inclusive' },
      910,
      'exclusive',
      'cache-exceeds-input',
    ],
    [
      'follows the conventions otherwise',
      { usage: { inputTokens: 100, cacheReadTokens: 50, outputTokens: 5 } },
      100,
      'inclusive',
      'convention',
    ],
  ])('%s', (_, reported, inputTokens, counting, decidedBy) => {
    expect(inclusiveUsage(reported)).toMatchObject({ usage: { inputTokens }, reported: counting, decidedBy })
  })

  it('adds reasoning that stands beside the output', () => {
    expect(
      inclusiveUsage({ usage: { inputTokens: 10, outputTokens: 5, reasoningTokens: 20 } }).usage.outputTokens,
    ).toBe(25)
    expect(
      inclusiveUsage({ usage: { inputTokens: 10, outputTokens: 30, reasoningTokens: 20 }, totalTokens: 60 })
        .usage.outputTokens,
    ).toBe(50)
    expect(
      inclusiveUsage({ usage: { inputTokens: 10, outputTokens: 30, reasoningTokens: 20 }, totalTokens: 40 })
        .usage.outputTokens,
    ).toBe(30)
  })
})
