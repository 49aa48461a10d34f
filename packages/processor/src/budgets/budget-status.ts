import type { Ledger } from '@spanmeter/ledger'
import { periodAround, secondsPerDay } from './period.ts'
import { sqlString, sqlTime } from './sql-literals.ts'
import { type BudgetConfig, type BudgetStatus, type BurnRateWindow, burnRateWindows } from './types.ts'

const windowSeconds: Readonly<Record<BurnRateWindow, number>> = {
  '5m': 300,
  '30m': 1800,
  '1h': 3600,
  '6h': 6 * 3600,
  '1d': secondsPerDay,
  '3d': 3 * secondsPerDay,
}

/** Over how long the recent pace is measured: for a month a week, as weekends are quiet, and for a day a day. */
const paceSeconds = { month: 7 * secondsPerDay, day: secondsPerDay }

const scopeKeys = ['feature', 'team', 'tenant', 'environment'] as const

/**
 * The status of each budget at `now`, summed up exactly by the ledger.
 *
 * @throws LedgerError if the ledger can't be read
 */
export async function readBudgets(
  ledger: Pick<Ledger, 'sql'>,
  budgets: readonly BudgetConfig[],
  now: Date,
): Promise<BudgetStatus[]> {
  const statuses: BudgetStatus[] = []
  for (const budget of budgets) statuses.push(await readBudget(ledger, budget, now))
  return statuses
}

async function readBudget(
  ledger: Pick<Ledger, 'sql'>,
  budget: BudgetConfig,
  now: Date,
): Promise<BudgetStatus> {
  const { start, end } = periodAround(now, budget.period)
  const pace = paceSeconds[budget.period]
  const ago = (seconds: number): Date => new Date(now.getTime() - seconds * 1000)
  const since = new Date(Math.min(start.getTime(), ago(pace).getTime(), ago(windowSeconds['3d']).getTime()))
  const spentSince = (from: Date, name: string): string =>
    `coalesce(sum(cost) FILTER (WHERE started >= ${sqlTime(from)}), 0)::VARCHAR AS "${name}"`
  const { rows } = await ledger.sql(`
SELECT
  ${spentSince(start, 'spent')},
  ${spentSince(ago(pace), 'pace')},
  epoch(min(started) FILTER (WHERE started >= ${sqlTime(ago(pace))}))::VARCHAR AS first_call,
  ${burnRateWindows.map((window) => spentSince(ago(windowSeconds[window]), window)).join(',\n  ')}
FROM calls
WHERE started >= ${sqlTime(since)} AND started < ${sqlTime(now)}${scopeCondition(budget)}`)
  const row = rows[0]!

  const limit = budget.limit * (budget.usd_per_unit ?? 1)
  const evenRate = limit / ((end.getTime() - start.getTime()) / 1000)
  const spent = Number(row.spent)
  const remaining = (end.getTime() - now.getTime()) / 1000
  // In a young ledger, the pace is measured from the first call on, but over a 24th of the window at least.
  const known = row.first_call === null ? pace : now.getTime() / 1000 - Number(row.first_call)
  const rate = Number(row.pace) / Math.min(pace, Math.max(known, pace / 24))
  const burnRate = Object.fromEntries(
    burnRateWindows.map((window) => [window, Number(row[window]) / windowSeconds[window] / evenRate]),
  ) as Record<BurnRateWindow, number>
  return {
    budget,
    limit,
    spent,
    spentExact: String(row.spent),
    projected: spent + rate * remaining,
    burnRate,
  }
}

/** ` AND feature = '...'` for each key that the budget names. */
export function scopeCondition(budget: BudgetConfig): string {
  return scopeKeys
    .filter((key) => budget[key] !== undefined)
    .map((key) => ` AND ${key} = ${sqlString(budget[key]!)}`)
    .join('')
}
