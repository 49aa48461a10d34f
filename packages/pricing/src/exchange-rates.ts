import { type Decimal, decimal } from './decimal.ts'
import type { Overrides } from './overrides.ts'

export interface ExchangeRate {
  /** USD for one unit of the currency. */
  usd: Decimal
  label: string
  /** Milliseconds since the epoch between which the rate holds. */
  from: number
  until: number
}

/** USD for one unit of `currency` when the call was made, from the dated rates in the overrides. */
export function exchangeRate(
  currency: string,
  at: Date,
  overrides: Overrides | undefined,
): ExchangeRate | undefined {
  if (currency.toUpperCase() === 'USD') {
    return { usd: decimal(1), label: '1', from: Number.NEGATIVE_INFINITY, until: Number.POSITIVE_INFINITY }
  }
  const rates = overrides?.currencies[currency.toUpperCase()]
  if (rates === undefined) return undefined
  const time = at.getTime()
  let index = rates.length - 1
  while (index >= 0 && Date.parse(rates[index]!.from) > time) index -= 1
  const rate = rates[index]
  if (rate === undefined) return undefined
  const next = rates[index + 1]
  return {
    usd: decimal(rate.usd),
    label: `${rate.usd}@${rate.from}`,
    from: Date.parse(rate.from),
    until: next === undefined ? Number.POSITIVE_INFINITY : Date.parse(next.from),
  }
}
