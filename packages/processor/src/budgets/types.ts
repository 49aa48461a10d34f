/** A limit of spend, as the configuration has it. */
export interface BudgetConfig {
  readonly name: string
  /** In `currency`, for one period. */
  readonly limit: number
  /** ISO 4217; USD unless said. */
  readonly currency?: string
  /** What one unit of another currency is worth in USD, in which all spend is counted. */
  readonly usd_per_unit?: number
  /** Calendar month or day in UTC, as the providers bill. */
  readonly period: 'month' | 'day'
  /** Which calls count: those with all of these. All calls where there is none. */
  readonly feature?: string
  readonly team?: string
  readonly tenant?: string
  readonly environment?: string
}

export const burnRateWindows = ['5m', '30m', '1h', '6h', '1d', '3d'] as const
export type BurnRateWindow = (typeof burnRateWindows)[number]

/** Where a budget stands. Amounts in USD. */
export interface BudgetStatus {
  readonly budget: BudgetConfig
  readonly limit: number
  /** Since the period began. */
  readonly spent: number
  /** `spent` to the last digit, as a decimal string. */
  readonly spentExact: string
  /** By the end of the period, if the rest of it goes on at the pace of late. */
  readonly projected: number
  /** Spend rate in a window over the budget's even rate; at 1 the limit is reached as the period ends. */
  readonly burnRate: Readonly<Record<BurnRateWindow, number>>
}
