import {
  type Filter,
  type LedgerSpan,
  sumMoney,
  VIEWS,
  type View,
  type ViewQuery,
  type ViewResult,
} from '@spanmeter/ledger'
import { expect, test } from 'vitest'
import { type Random, randomFrom } from '../random.ts'
import { ancestor, call, costOf } from '../span.ts'
import { temporaryLedger } from '../temporary-ledger.ts'

const LEDGERS = 5
const QUERIES = 40

const DAY = 86_400_000
const FIRST_DAY = Date.parse('2026-10-01T00:00:00Z')
const DIMENSIONS = ['feature', 'tenant', 'model', 'provider', 'service', 'status', 'unpriced', 'region']

/** Few of them, and of each the most things unknown: what an ordinary ledger of a large service never is, a new one always. */
function unlikeSpans(random: Random): LedgerSpan[] {
  const above: number[] = []
  return Array.from({ length: random.below(14) }, (_, index) => {
    const maybe = <Value>(value: () => Value): Value | undefined => (random.chance(50) ? value() : undefined)
    const business = Object.fromEntries(
      ['feature', 'tenant', 'workflow', 'region', 'revenue']
        .filter(() => random.chance(40))
        .map((key) => [key, key === 'revenue' ? String(random.below(3) * 30) : random.one(['a', 'b', 'c'])]),
    )
    const trace = 1 + random.below(6)
    const parent = above.length > 0 && random.chance(50) ? { parent: random.one(above) } : {}
    const planted = {
      trace,
      span: index + 1,
      ...parent,
      at: new Date(FIRST_DAY + random.below(240) * (DAY / 24)).toISOString(),
      milliseconds: random.below(3) * 400,
      business,
      status: random.one(['unset', 'ok', 'error'] as const),
    }
    if (random.chance(15)) {
      above.push(planted.span)
      return ancestor({ ...planted, outcomes: { resolved: random.below(3) } })
    }
    const amount = random.one(['0', '0.5', '12.000000000001'])
    const cost = maybe(() => costOf(amount, { source: random.one(['list', 'estimated']) }))
    return call({
      ...planted,
      role: random.chance(10) ? 'wrapper' : 'own',
      responseModel: random.one(['gpt-5', 'gpt-4.1', 'claude-sonnet-4-5']),
      usage: {
        ...(random.chance(60) && { inputTokens: random.below(3) * 100 }),
        ...(random.chance(60) && { outputTokens: random.below(3) * 10 }),
        ...(random.chance(30) && { cacheReadTokens: random.below(3) * 20 }),
        ...(random.chance(30) && { cacheWriteTokens: random.below(3) * 20 }),
      },
      ...(random.chance(50) && { serviceName: random.one(['web', 'worker']) }),
      ...(random.chance(30) && { attempts: 1 + random.below(3) }),
      ...(random.chance(30) && { timeToFirstChunkSeconds: random.below(3) / 10 }),
      ...(random.chance(10) && { usageMissing: 'aborted' }),
      ...(cost === undefined ? { unpriced: random.one(['unknown_model', 'usage_missing']) } : { cost }),
    })
  })
}

function anyQuery(random: Random, view: View): ViewQuery {
  const day = (): Date => new Date(FIRST_DAY + (random.below(44) - 10) * (DAY / 2))
  const [since, until] = [day(), day()].toSorted((a, b) => a.getTime() - b.getTime())
  const ranged = since! < until! && random.chance(80)
  const compared = ranged && view.comparable && random.chance(60)
  return {
    ...(view.by !== null && random.chance(80) && { by: random.one(DIMENSIONS) }),
    ...(ranged && { since: since!, until: until! }),
    ...(compared && { compare: 'previous' as const }),
    ...(compared && view.name !== 'trend' && random.chance(40) && { rank: 'change' as const }),
    ...(random.chance(40) && { limit: 1 + random.below(4) }),
    where: Array.from({ length: random.below(3) }, () => ({
      key: random.one(DIMENSIONS),
      value: random.one(['a', 'gpt-5', 'openai', 'error', null]),
    })),
  }
}

/** The dimensions by which the spans are told apart here, as the ledger is to read them. */
function dimensionOf(span: LedgerSpan, key: string): string | null {
  const own: Record<string, string | undefined> = {
    model: span.responseModel,
    provider: span.provider,
    service: span.serviceName,
    status: span.status,
    unpriced: span.unpriced,
  }
  return (key in own ? own[key] : span.business[key]) ?? null
}

function matching(spans: readonly LedgerSpan[], query: ViewQuery): LedgerSpan[] {
  const time = (date: Date): bigint => BigInt(date.getTime()) * 1_000_000n
  const allowed = [...Map.groupBy(query.where ?? [], ({ key }: Filter) => key)]
  return spans.filter(
    (span) =>
      span.role === 'own' &&
      (query.since === undefined || span.startUnixNano >= time(query.since)) &&
      (query.until === undefined || span.startUnixNano < time(query.until)) &&
      allowed.every(([key, filters]) => filters.some(({ value }) => value === dimensionOf(span, key))),
  )
}

/** Nothing costs 0; what has no price is unknown. */
function costOfAll(calls: readonly LedgerSpan[]): string | null {
  return calls.length === 0 ? '0' : sumMoney(calls.map(({ cost }) => cost?.amount ?? null))
}

function expectTotals(
  { totals, rows, hidden, quality, by }: ViewResult,
  spans: readonly LedgerSpan[],
  query: ViewQuery,
): void {
  const calls = matching(spans, query)
  expect(totals).toMatchObject({ cost: costOfAll(calls), calls: calls.length })
  expect(rows.reduce((sum, row) => sum + Number(row.calls), hidden.calls)).toBe(calls.length)
  const costs = [...rows, ...(hidden.rows > 0 ? [hidden] : [])].filter(({ calls }) => calls !== 0)
  expect(costs.length === 0 ? '0' : sumMoney(costs.map(({ cost }) => cost as string | null))).toBe(
    totals.cost,
  )
  const estimated = calls.filter(({ cost }) => cost?.source === 'estimated')
  const untagged = calls.filter((span) => by !== null && dimensionOf(span, by) === null)
  expect(quality).toEqual({
    untagged: by === null ? null : { key: by, calls: untagged.length, cost: costOfAll(untagged) },
    unpriced: { calls: calls.filter(({ cost }) => cost === undefined).length },
    estimated: { calls: estimated.length, cost: costOfAll(estimated) },
  })
  if (query.compare === undefined) return
  const length = query.until!.getTime() - query.since!.getTime()
  const before = { ...query, since: new Date(query.since!.getTime() - length), until: query.since! }
  expect(totals.previous_cost).toBe(costOfAll(matching(spans, before)))
}

test.each(Array.from({ length: LEDGERS }, (_, index) => index + 1))(
  'whatever is asked of a small ledger is answered, and adds up (%i)',
  async (seed) => {
    const random = randomFrom(seed)
    const spans = unlikeSpans(random)
    const ledger = await temporaryLedger(spans)
    for (let asked = 0; asked < QUERIES; asked++) {
      const view = random.one(VIEWS)
      const query = anyQuery(random, view)
      const question = `${view.name} ${JSON.stringify(query)}`
      const result = await ledger.view(view.name, query).catch((error: Error) => {
        throw new Error(`${question}: ${error.message}`, { cause: error })
      })
      const hasTotals = ['spend', 'trend', 'tokens', 'cache', 'waste', 'latency', 'margin'].includes(
        view.name,
      )
      try {
        if (hasTotals) expectTotals(result, spans, query)
      } catch (error) {
        throw new Error(question, { cause: error })
      }
    }
  },
)
