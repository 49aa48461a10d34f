import type { BudgetConfig } from './types.ts'

export const secondsPerDay = 86_400

/** The calendar month or day, in UTC, that `now` lies in. */
export function periodAround(now: Date, period: BudgetConfig['period']): { start: Date; end: Date } {
  const [year, month, day] = [now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()]
  return period === 'month'
    ? { start: new Date(Date.UTC(year, month, 1)), end: new Date(Date.UTC(year, month + 1, 1)) }
    : { start: new Date(Date.UTC(year, month, day)), end: new Date(Date.UTC(year, month, day + 1)) }
}
