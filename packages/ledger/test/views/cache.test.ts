import type { LedgerSpan } from '@spanmeter/ledger'
import { expect, test } from 'vitest'
import { randomFrom } from '../random.ts'
import { call } from '../span.ts'
import { temporaryLedger } from '../temporary-ledger.ts'

/** A call at $10 a million plain tokens, $1 a cached one, $12.50 a written one. */
function cached(
  read: number | undefined,
  write: number,
  plain: number,
  feature = 'faq-bot',
  tenant?: string,
): LedgerSpan {
  const dollars = (tokens: number, millionths: number): string => ((tokens * millionths) / 1e6).toFixed(9)
  const total = ((read ?? 0) * 1 + write * 12.5 + plain * 10) / 1e6
  return call({
    business: { feature, ...(tenant !== undefined && { tenant }) },
    usage: {
      inputTokens: (read ?? 0) + write + plain,
      ...(read !== undefined && { cacheReadTokens: read, cacheWriteTokens: write }),
    },
    cost: {
      amount: total.toFixed(9),
      components: {
        input: dollars(plain, 10),
        cache_read: dollars(read ?? 0, 1),
        cache_write: dollars(write, 12.5),
      },
      ...(read !== undefined && { cacheSavings: ((read * 9 - write * 2.5) / 1e6).toFixed(9) }),
      source: 'list',
      price: 'anthropic/claude@2026-01-01',
    },
  })
}

test('dollars saved, lost to misses and to writes never read', async () => {
  const ledger = await temporaryLedger([
    cached(0, 6000, 4000),
    cached(6000, 0, 4000),
    cached(6000, 0, 4000),
    // A miss beside hits: 60 % of its input could have been read, at $9 a million less.
    cached(0, 0, 10_000),
    // Written and never read: $2.50 a million above plain input.
    cached(0, 8000, 2000, 'summary'),
    // A provider that says nothing of a cache.
    cached(undefined, 0, 5000, 'legacy'),
  ])
  const { rows, totals } = await ledger.view('cache')
  expect(
    rows.map(({ key, hit_rate, saved, lost_to_misses, lost_to_unread_writes, uncached_tokens }) => [
      key,
      hit_rate,
      saved,
      lost_to_misses,
      lost_to_unread_writes,
      uncached_tokens,
    ]),
  ).toEqual([
    ['faq-bot', 0.3, '0.093', '0.054', '0', 22_000],
    ['summary', 0, '-0.02', null, '0.02', 2000],
    ['legacy', null, null, null, '0', null],
  ])
  expect(totals).toMatchObject({
    saved: '0.073',
    lost_to_misses: '0.054',
    lost_to_unread_writes: '0.02',
    hit_rate: 0.24,
  })
})

test('calls that use no cache have saved nothing; of those that say nothing of it that is unknown', async () => {
  const saved = async (...usages: LedgerSpan['usage'][]): Promise<unknown> => {
    const calls = usages.map((usage) => call({ cost: '1', usage: { inputTokens: 100, ...usage } }))
    return (await (await temporaryLedger(calls)).view('cache')).totals.saved
  }
  expect(await saved({ cacheReadTokens: 0 })).toBe('0')
  expect(await saved({ cacheReadTokens: 0, cacheWriteTokens: 0 }, {})).toBe('0')
  expect(await saved({})).toBeNull()
  expect(await saved({ cacheReadTokens: 50 })).toBeNull()
})

test('what is lost comes to the same by every dimension: a miss is one beside the hits of other tenants', async () => {
  const ledger = await temporaryLedger([
    cached(0, 6000, 4000, 'faq-bot', 'acme'),
    cached(6000, 0, 4000, 'faq-bot', 'acme'),
    cached(0, 0, 10_000, 'faq-bot', 'globex'),
    // Half of what was written is never read, by whomever.
    cached(0, 6000, 0, 'faq-bot', 'initech'),
    cached(undefined, 0, 5000, 'legacy', 'umbrella'),
  ])
  const losses = async (by: string): Promise<unknown> => {
    const { rows, totals } = await ledger.view('cache', { by })
    return [...rows, totals].map((row) => [row.key, row.lost_to_misses, row.lost_to_unread_writes])
  }
  expect(await losses('tenant')).toEqual([
    ['acme', '0', '0.0075'],
    ['globex', '0.054', '0'],
    ['initech', '0', '0.0075'],
    ['umbrella', null, '0'],
    [undefined, '0.054', '0.015'],
  ])
  for (const by of ['feature', 'model', 'service']) {
    const [total] = ((await losses(by)) as unknown[][]).slice(-1)
    expect(total, by).toEqual([undefined, '0.054', '0.015'])
  }
})

test('tokens that were written at an unknown price lost what is unknown, not nothing', async () => {
  const { cost, ...unpriced } = cached(0, 8000, 2000, 'summary')
  const ledger = await temporaryLedger([
    { ...unpriced, unpriced: 'unknown_model' },
    cached(6000, 0, 4000, 'faq-bot'),
  ])
  const { rows, totals } = await ledger.view('cache')
  expect(rows.map((row) => [row.key, row.lost_to_misses, row.lost_to_unread_writes])).toEqual([
    ['faq-bot', '0', '0'],
    ['summary', null, null],
  ])
  expect(totals).toMatchObject({ lost_to_misses: '0', lost_to_unread_writes: '0' })
})

const PLAIN_PRICE = 10
const READ_PRICE = 1
const WRITE_PRICE = 12.5

/** USD lost by each tenant, added up call by call. All prices are the same here, so only the shares are of a line. */
function lostByTenant(calls: readonly LedgerSpan[]): Map<string, [misses: number, writes: number]> {
  const lost = new Map<string, [misses: number, writes: number]>()
  const lines = Map.groupBy(
    calls,
    (span) => `${span.business.feature} ${span.startUnixNano / 86_400_000_000_000n}`,
  )
  for (const line of lines.values()) {
    const sum = (of: (usage: LedgerSpan['usage']) => number | undefined): number =>
      line.reduce((total, { usage }) => total + (of(usage) ?? 0), 0)
    const read = sum(({ cacheReadTokens }) => cacheReadTokens)
    const written = sum(({ cacheWriteTokens }) => cacheWriteTokens)
    const share =
      read / sum(({ inputTokens, cacheReadTokens = 0 }) => (cacheReadTokens > 0 ? inputTokens : 0))
    for (const { usage, business } of line) {
      const { inputTokens = 0, cacheReadTokens, cacheWriteTokens = 0 } = usage
      const [misses, writes] = lost.get(business.tenant!) ?? [0, 0]
      const missed = read > 0 && cacheReadTokens === 0 && cacheWriteTokens === 0 ? inputTokens : 0
      const unread = cacheWriteTokens > 0 ? cacheWriteTokens * Math.max(1 - read / written, 0) : 0
      lost.set(business.tenant!, [
        misses + (missed > 0 ? (missed * share * (PLAIN_PRICE - READ_PRICE)) / 1e6 : 0),
        writes + (unread * (WRITE_PRICE - PLAIN_PRICE)) / 1e6,
      ])
    }
  }
  return lost
}

test('whatever calls there are, each tenant lost what its own calls missed and wrote in vain', async () => {
  const { below } = randomFrom(11)
  for (let ledgers = 0; ledgers < 10; ledgers++) {
    const calls = Array.from({ length: 40 }, () => ({
      ...cached(
        below(4) === 0 ? undefined : below(2) * below(5000),
        below(2) * below(3) * 1000,
        1 + below(5000),
        `feature-${below(3)}`,
        `tenant-${below(4)}`,
      ),
      startUnixNano: BigInt(Date.UTC(2026, 9, 1 + below(2), below(24))) * 1_000_000n,
    }))
    const ledger = await temporaryLedger(calls)
    const { rows, totals } = await ledger.view('cache', { by: 'tenant' })
    const expected = lostByTenant(calls)
    const shown = rows.map((row) => [row.key, Number(row.lost_to_misses), Number(row.lost_to_unread_writes)])
    expect(shown.length).toBe(expected.size)
    for (const [key, misses, writes] of shown) {
      expect(misses, `${ledgers} ${key}`).toBeCloseTo(expected.get(key as string)![0], 5)
      expect(writes, `${ledgers} ${key}`).toBeCloseTo(expected.get(key as string)![1], 5)
    }
    const all = [...expected.values()]
    expect(Number(totals.lost_to_misses)).toBeCloseTo(
      all.reduce((sum, [misses]) => sum + misses, 0),
      5,
    )
    expect(Number(totals.lost_to_unread_writes)).toBeCloseTo(
      all.reduce((sum, [, writes]) => sum + writes, 0),
      5,
    )
  }
})

test('a call that says what it wrote to the cache alone has input of which none was read', async () => {
  const business = { feature: 'faq-bot' }
  const ledger = await temporaryLedger([
    call({ business, cost: '1', usage: { inputTokens: 1000, cacheWriteTokens: 600 } }),
    call({ business, cost: '1', usage: { inputTokens: 1000, cacheReadTokens: 500 } }),
    call({ business, cost: '1', usage: { inputTokens: 1000 } }),
  ])
  const { rows } = await ledger.view('cache')
  expect(rows).toMatchObject([{ hit_rate: 0.25, uncached_tokens: 900 }])
})
