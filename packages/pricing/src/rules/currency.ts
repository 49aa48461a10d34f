import { multiply } from '../decimal.ts'
import { exchangeRate } from '../exchange-rates.ts'
import type { PricingRule } from './types.ts'

/** Lists in other currencies, by the rate in force on the day. */
export const currency: PricingRule = {
  name: 'currency',
  apply(draft) {
    const code = draft.sheet.currency ?? draft.match.provider.currency ?? 'USD'
    if (code === 'USD') return undefined
    const rate = exchangeRate(code, draft.call.at, draft.overrides)
    if (rate === undefined) return 'unknown_currency'
    draft.totalFactor = multiply(draft.totalFactor, rate.usd)
    draft.validFrom = Math.max(draft.validFrom, rate.from)
    draft.validUntil = Math.min(draft.validUntil, rate.until)
    draft.decisions.push(`currency: ${code} at ${rate.label} USD`)
    return undefined
  },
}
