import { type LedgerSpan, openLedger } from '@spanmeter/ledger'
import { expect, onTestFinished, test } from 'vitest'
import { evaluateRules } from './evaluate-rules.ts'

const NOW = Date.parse('2026-03-01T00:00:00Z')
const MINUTE = 60_000
const HOUR = 60 * MINUTE

interface Planted extends Partial<LedgerSpan> {
  /** Milliseconds before now. */
  readonly ago: number
  readonly count?: number
  readonly amount?: string
  readonly feature?: string
  readonly tenant?: string
}

let sequence = 0

function calls({ ago, count = 1, amount = '0', feature, tenant, ...more }: Planted): LedgerSpan[] {
  const startUnixNano = BigInt(NOW - ago) * 1_000_000n
  const price = 'openai/small@2026-01-01'
  return Array.from({ length: count }, () => {
    const id = (++sequence).toString(16)
    return {
      traceId: id.padStart(32, '0'),
      spanId: id.padStart(16, '0'),
      name: 'chat',
      startUnixNano,
      endUnixNano: startUnixNano + 1_000_000n,
      status: 'unset',
      role: 'own',
      environment: 'production',
      provider: 'openai',
      responseModel: 'small',
      usage: {},
      ...(more.unpriced === undefined && {
        cost: { amount, components: { output: amount }, source: 'list', price },
      }),
      business: { ...(feature && { feature }), ...(tenant && { tenant }) },
      ...more,
    }
  })
}

/** `rule labels value`, sorted, but for spend without a feature. */
async function found(planted: readonly Planted[]): Promise<string[]> {
  const ledger = await openLedger({ path: ':memory:' })
  onTestFinished(() => ledger.close())
  await ledger.append(planted.flatMap(calls))
  const findings = await evaluateRules(ledger, [], new Date(NOW))
  return findings
    .filter(({ labels }) => labels.feature !== 'untagged' && labels.missing === undefined)
    .map(({ rule, labels, value }) =>
      [rule.name.replace('Spanmeter', ''), ...Object.values(labels), Number(value.toPrecision(4))].join(' '),
    )
    .sort()
}

test('a window begins after its first moment and ends with now', async () => {
  const unpriced = { feature: 'a', unpriced: 'no_usage' }
  const retried = { feature: 'b', attempts: 101 }
  const staging = { feature: 'c', environment: 'staging', amount: '100' }
  expect(
    await found([
      ...[30 * MINUTE, 30 * MINUTE - 1, 0, -1].map((ago) => ({ ...unpriced, ago })),
      ...[10 * MINUTE, 10 * MINUTE - 1, 0, -1].map((ago) => ({ ...retried, ago })),
      ...[HOUR, HOUR - 1, 0, -1].map((ago) => ({ ...staging, ago })),
    ]),
  ).toEqual([
    'NewSpender staging c 200',
    'NonProductionSpend staging 200',
    'RetryStorm production b 100',
    'SpendSpike staging c 200',
    'UnpricedCalls openai small no_usage 2',
  ])
})

test('what is just at a limit is not above it', async () => {
  expect(
    await found([
      { feature: 'twenty', ago: 0, count: 10, attempts: 3 },
      { feature: 'rarely', ago: 0, count: 84 },
      { feature: 'rarely', ago: 0, count: 21, attempts: 2 },
      { feature: 'often', ago: 0, count: 21, attempts: 2 },
      { feature: 'tests', ago: 0, environment: 'staging', amount: '10' },
      { feature: 'trials', ago: 0, environment: 'dev', amount: '10.01' },
      { feature: 'trials', ago: 3 * HOUR, environment: 'dev', amount: '100' },
      { feature: 'regional', ago: 0, environment: 'prod-eu', amount: '100' },
      { feature: 'regional', ago: 3 * HOUR, environment: 'prod-eu', amount: '1000' },
      { feature: 'five', ago: 0, amount: '5' },
      { feature: 'tests', ago: 3 * HOUR, environment: 'staging', amount: '100' },
    ]),
  ).toEqual(['NonProductionSpend dev 10.01', 'RetryStorm production often 1'])
})

test('spend is held against the same hour last week, else the day before, and is new without either', async () => {
  const now = { ago: 0, amount: '6' }
  expect(
    await found([
      ...['week', 'above', 'late', 'day', 'above-day', 'new', 'gap', 'edge', 'long-ago'].map((feature) => ({
        ...now,
        feature,
      })),
      { feature: 'week', ago: 168 * HOUR, amount: '2' },
      { feature: 'above', ago: 169 * HOUR - 1, amount: '1.9' },
      { feature: 'late', ago: 168 * HOUR - 1, amount: '2' },
      { feature: 'day', ago: 25 * HOUR, amount: '24' },
      { feature: 'day', ago: HOUR, amount: '24' },
      { feature: 'above-day', ago: 25 * HOUR + 1, amount: '24' },
      { feature: 'above-day', ago: 25 * HOUR, amount: '47' },
      { feature: 'gap', ago: 2 * HOUR - 1, amount: '40' },
      { feature: 'edge', ago: 2 * HOUR, amount: '48' },
      { feature: 'long-ago', ago: 170 * HOUR, amount: '1' },
    ]),
  ).toEqual([
    'NewSpender production gap 6',
    'NewSpender production long-ago 6',
    'NewSpender production new 6',
    'SpendSpike production above 6',
    'SpendSpike production above-day 6',
    'SpendSpike production gap 6',
  ])
})

test('a tenant runs away at more than five times what it spent an hour the day before', async () => {
  expect(
    await found([
      ...['steady', 'runaway', 'new'].map((tenant) => ({ tenant, ago: 0, amount: '6' })),
      { ago: 0, amount: '1000' },
      { tenant: 'steady', ago: HOUR, amount: '14.4' },
      { tenant: 'steady', ago: 25 * HOUR - 1, amount: '14.4' },
      { tenant: 'runaway', ago: HOUR, amount: '28' },
      { tenant: 'runaway', ago: 25 * HOUR, amount: '100' },
    ]),
  ).toEqual(['RunawayTenant runaway 6'])
})

test('tokens a call are held against the same half-hour a day before, where there are enough calls', async () => {
  const usage = (inputTokens: number, outputTokens: number, cacheReadTokens = 0) => ({
    usage: { inputTokens, outputTokens, cacheReadTokens },
  })
  const [recently, dayBefore] = [30 * MINUTE - 1, 24 * HOUR]
  const features = ['few', 'half', 'more', 'longer', 'shorter', 'cold', 'cool']
  expect(
    await found([
      ...features.map((feature) => ({ feature, ago: dayBefore, count: 2, ...usage(1000, 100, 400) })),
      { feature: 'few', ago: recently, count: 50, ...usage(9000, 900, 9000) },
      { feature: 'half', ago: recently, count: 51, ...usage(1500, 200, 600) },
      { feature: 'half', ago: 30 * MINUTE, count: 51, ...usage(9000, 900) },
      { feature: 'half', ago: 1470 * MINUTE + 1, count: 51, ...usage(9, 9) },
      { feature: 'more', ago: recently, count: 51, ...usage(1501, 100, 1000) },
      { feature: 'longer', ago: 0, count: 51, ...usage(1000, 201, 400) },
      { feature: 'shorter', ago: 0, count: 51, ...usage(1000, 49, 400) },
      { feature: 'cold', ago: 0, ...usage(2000, 100, 390) },
      { feature: 'cool', ago: 0, ...usage(2000, 100, 400) },
    ]),
  ).toEqual([
    'CacheHitDrop production cold small 0.195',
    'OutputDrift production longer small 201',
    'OutputDrift production shorter small 49',
    'PromptGrowth production more small 1501',
  ])
})
