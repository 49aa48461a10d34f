import type { Composed } from './compose.ts'
import { add, atScale, type Decimal, decimal, formatDecimal, multiply } from './decimal.ts'
import { exchangeRate } from './exchange-rates.ts'
import type { Overrides } from './overrides.ts'
import type { Cost, PriceableCall } from './types.ts'

/**
 * What the provider or gateway itself says the call cost. It replaces the list price, which stays beside it. With the customer's
 * own key at the upstream provider (BYOK), OpenRouter charges a fee of a few percent and the upstream provider bills the rest:
 * https://openrouter.ai/docs/use-cases/byok. `undefined` where the statement can't be used.
 */
export function declaredCost(
  call: PriceableCall,
  list: string | undefined,
  composed: Composed,
  overrides: Overrides | undefined,
): Cost | undefined {
  const { amount, currency, byok } = call.declaredCost!
  const rate = exchangeRate(currency, call.at, overrides)
  if (rate === undefined || !Number.isFinite(amount) || amount < 0) return undefined
  let total = multiply(decimal(withoutNoise(amount)), rate.usd)
  const decisions = [...composed.decisions, `declared: ${withoutNoise(amount)} ${currency}`]
  if (byok === true) {
    if (list === undefined && amount === 0) {
      return {
        priced: false,
        reason: 'unknown_upstream',
        decisions: [
          ...decisions,
          'declared: the upstream provider bills the call, and its price is not known',
        ],
      }
    }
    if (list !== undefined && isFee(total, decimal(list))) {
      total = add(total, decimal(list))
      decisions.push(
        'declared: the fee for a call on the customer’s own key; the upstream list price comes on top',
      )
    }
  }
  const stated = formatDecimal(total)
  return {
    priced: true,
    amount: stated,
    currency: 'USD',
    components: { requests: stated },
    listAmount: list ?? stated,
    price: composed.list?.stamp ?? `${call.provider}/${call.model}@declared`,
    source: 'provider',
    decisions,
  }
}

/** A fee is at most a tenth of the list price; an amount beyond that has the upstream cost in it already. */
function isFee(amount: Decimal, list: Decimal): boolean {
  const scale = Math.max(amount.scale, list.scale)
  return atScale(amount, scale) * 10n <= atScale(list, scale)
}

/** Gateways add floating-point numbers up; what doubles can't hold exactly shows from the sixteenth digit on. */
function withoutNoise(amount: number): number {
  return Number(amount.toPrecision(15))
}
