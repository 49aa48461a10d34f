/** A limit of spend, as configured. */
export interface BudgetConfig {
  readonly name: string
  /** In `currency`, for one period. */
  readonly limit: number
  /** ISO 4217; by default USD. */
  readonly currency?: string
  /** The value of one unit of another currency in USD, in which all spend is counted. */
  readonly usd_per_unit?: number
  /** Calendar month or day in UTC, as the providers bill. */
  readonly period: 'month' | 'day'
  /** Only calls with all of these values count. */
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
  /** Spend by the end of the period, at the recent pace. */
  readonly projected: number
  /** Spend rate in a window over the budget's even rate; at 1 the limit is reached as the period ends. */
  readonly burnRate: Readonly<Record<BurnRateWindow, number>>
}
