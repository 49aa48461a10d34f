import { add, type Decimal, decimal, divide, formatDecimal, multiply, ZERO } from './decimal.ts'
import { exchangeRate } from './exchange-rates.ts'
import { covers, holds, type Overrides, type SelfHostedInput } from './overrides.ts'
import type { Cost, PriceableCall } from './types.ts'

/** The cost of a call to the user's own machines, by its duration; `undefined` where no entry is about it. */
export function selfHostedCost(call: PriceableCall, overrides: Overrides): Cost | undefined {
  const at = call.at.getTime()
  const found = overrides.selfHosted.findLast(
    (scoped) => covers(scoped.entry, call, undefined) && holds(scoped, at),
  )
  if (found === undefined) return undefined
  const { entry } = found
  const price = `${call.provider}/${entry.model}@${entry.from ?? '1970-01-01'}`
  const decisions = [`self-hosted: ${describe(entry)}`]
  const { durationSeconds } = call
  if (durationSeconds === undefined)
    return {
      priced: false,
      reason: 'no_usage',
      decisions: [...decisions, 'the duration of the call is not known'],
    }
  if (!Number.isFinite(durationSeconds) || durationSeconds < 0)
    return {
      priced: false,
      reason: 'impossible_usage',
      decisions: [...decisions, `a duration of ${durationSeconds} s`],
    }
  const rate = exchangeRate(entry.currency ?? 'USD', call.at, overrides)
  if (rate === undefined) return { priced: false, reason: 'unknown_currency', decisions }
  const amount = formatDecimal(multiply(durationCost(entry, decimal(durationSeconds)), rate.usd))
  return {
    priced: true,
    amount,
    currency: 'USD',
    components: { requests: amount },
    listAmount: amount,
    price,
    source: 'contract',
    decisions,
  }
}

function durationCost({ perSecond, perGpuHour, gpus }: SelfHostedInput, seconds: Decimal): Decimal {
  const bySecond = perSecond === undefined ? ZERO : multiply(decimal(perSecond), seconds)
  const byHour =
    perGpuHour === undefined
      ? ZERO
      : divide(multiply(multiply(decimal(perGpuHour), decimal(gpus ?? 1)), seconds), 3600)
  return add(bySecond, byHour)
}

function describe({ perSecond, perGpuHour, gpus }: SelfHostedInput): string {
  return perGpuHour === undefined ? `${perSecond} a second` : `${gpus ?? 1} GPU at ${perGpuHour} an hour`
}
