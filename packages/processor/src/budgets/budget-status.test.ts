import { join } from 'node:path'
import { type Ledger, type LedgerSpan, openLedger } from '@spanmeter/ledger'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { temporaryDirectory } from '../../../../test/support/temporary-directory.ts'
import { budgetGauges } from './budget-gauges.ts'
import { readBudgets } from './budget-status.ts'

const directory = temporaryDirectory(afterAll)
let ledger: Ledger

function call(at: string, amount: string, feature: string, sequence: number): LedgerSpan {
  const startUnixNano = BigInt(Date.parse(at)) * 1_000_000n
  return {
    traceId: sequence.toString(16).padStart(32, '0'),
    spanId: sequence.toString(16).padStart(16, '0'),
    name: 'chat',
    startUnixNano,
    endUnixNano: startUnixNano + 1_000_000n,
    status: 'unset',
    role: 'own',
    usage: {},
    cost: { amount, components: { output: amount }, source: 'list', price: 'openai/gpt-4.1@2025-04-14' },
    business: { feature },
  }
}

beforeAll(async () => {
  ledger = await openLedger({ path: join(directory, 'ledger.duckdb') })
  await ledger.append([
    call('2026-09-30T23:59:59.999Z', '1000', 'faq-bot', 1),
    call('2026-10-01T00:00:00Z', '0.000000000001', 'faq-bot', 2),
    call('2026-10-10T12:00:00Z', '60', 'faq-bot', 3),
    call('2026-10-15T23:30:00Z', '10', 'summaries', 4),
    call('2026-10-15T23:58:00Z', '4', "tom's", 5),
  ])
})

afterAll(async () => {
  await ledger.close()
})

const now = new Date('2026-10-16T00:00:00Z')

describe('readBudgets', () => {
  it('sums the calendar month in UTC to the last digit', async () => {
    const [status] = await readBudgets(ledger, [{ name: 'all', limit: 310, period: 'month' }], now)
    expect(status?.spentExact).toBe('74.000000000001')
  })

  it('projects the pace of the last week over the rest of the month', async () => {
    const [status] = await readBudgets(ledger, [{ name: 'all', limit: 310, period: 'month' }], now)
    const daysOfPace = 5.5 // since the first call of the last seven days
    expect(status?.projected).toBeCloseTo(74 + (74 / daysOfPace) * 16, 9)
  })

  it('takes two minutes of calls for no pace: it is spread over seven hours at least', async () => {
    const [status] = await readBudgets(
      ledger,
      [{ name: 'new', limit: 310, period: 'month', feature: "tom's" }],
      now,
    )
    expect(status?.projected).toBeCloseTo(4 + (4 / 7) * 24 * 16, 9)
  })

  it('gives burn rates as multiples of the even pace: 10 dollars a day here', async () => {
    const [status] = await readBudgets(ledger, [{ name: 'all', limit: 310, period: 'month' }], now)
    expect(status?.burnRate).toEqual({
      '5m': expect.closeTo((4 * 288) / 10, 9),
      '30m': expect.closeTo((14 * 48) / 10, 9),
      '1h': expect.closeTo((14 * 24) / 10, 9),
      '6h': expect.closeTo((14 * 4) / 10, 9),
      '1d': expect.closeTo(1.4, 9),
      '3d': expect.closeTo(14 / 3 / 10, 9),
    })
  })

  it('counts only what the budget names, in a new day from midnight', async () => {
    const statuses = await readBudgets(
      ledger,
      [
        { name: 'faq', limit: 100, period: 'month', feature: 'faq-bot' },
        { name: 'quoted', limit: 100, period: 'month', feature: "tom's" },
        { name: 'today', limit: 5, period: 'day' },
      ],
      now,
    )
    expect(statuses.map(({ spent }) => spent)).toEqual([60.000000000001, 4, 0])
  })

  it.each([
    ['2028-02-29T23:00:00Z', 29, 1],
    ['2028-03-01T00:00:00Z', 31, 31 * 24],
    ['2026-12-31T12:00:00Z', 31, 12],
  ])('knows how long the month of %s is, wherever the processor runs', async (time, days, hoursLeft) => {
    vi.stubEnv('TZ', 'Pacific/Auckland')
    onTestFinished(() => void vi.unstubAllEnvs())
    const at = (hoursBefore: number): string =>
      new Date(Date.parse(time) - hoursBefore * 3_600_000).toISOString()
    const other = await openLedger({ path: ':memory:' })
    onTestFinished(() => other.close())
    await other.append([call(at(168), '7', 'a', 1), call(at(0), '1000', 'a', 2)])
    const limit = days * 24
    const [month, day] = await readBudgets(
      other,
      [
        { name: 'month', limit, period: 'month' },
        { name: 'day', limit: 24, period: 'day' },
      ],
      new Date(time),
    )
    const spent = hoursLeft === days * 24 ? 0 : 7
    expect(month).toMatchObject({ spent, projected: spent + (7 / 168) * hoursLeft })
    expect(day).toMatchObject({ spent: 0, projected: 0, burnRate: { '1d': 0, '3d': 0 } })
    await other.append([call(at(1), '2', 'a', 3)])
    const [after] = await readBudgets(other, [{ name: 'month', limit, period: 'month' }], new Date(time))
    expect(after?.burnRate['1h']).toBeCloseTo(2, 9)
    expect(after?.burnRate['30m']).toBe(0)
  })

  it('converts a limit in another currency', async () => {
    const [status] = await readBudgets(
      ledger,
      [{ name: 'eur', limit: 100, currency: 'EUR', usd_per_unit: 1.1, period: 'month' }],
      now,
    )
    expect(status?.limit).toBeCloseTo(110, 9)
  })
})

describe('budgetGauges', () => {
  it('names the budget and its period on each gauge, and the window on burn rates', async () => {
    const gauges = budgetGauges(
      await readBudgets(ledger, [{ name: 'all', limit: 310, period: 'month' }], now),
    )
    expect(gauges.map(({ definition, points }) => [definition.name, definition.unit, points.length])).toEqual(
      [
        ['spanmeter.budget.limit', 'USD', 1],
        ['spanmeter.budget.spent', 'USD', 1],
        ['spanmeter.budget.projected', 'USD', 1],
        ['spanmeter.budget.burn_rate', '1', 6],
      ],
    )
    expect(gauges[3]?.points[0]?.labels).toEqual({ budget: 'all', period: 'month', window: '5m' })
  })
})
