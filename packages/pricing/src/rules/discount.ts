import { decimal, multiply, ONE, shift, subtract } from '../decimal.ts'
import { covers, holds } from '../overrides.ts'
import type { PricingRule } from './types.ts'

/** The customer's percentages, by provider, model and tenant; all that apply stack. A margin is a negative discount. */
export const discount: PricingRule = {
  name: 'discount',
  apply(draft) {
    // A contract price is net already.
    if (draft.source === 'contract') return undefined
    const { call, match, overrides } = draft
    for (const scoped of overrides?.discounts ?? []) {
      if (!covers(scoped.entry, call, match) || !holds(scoped, call.at.getTime())) continue
      const { percent } = scoped.entry
      draft.totalFactor = multiply(draft.totalFactor, subtract(ONE, shift(decimal(percent), 2)))
      draft.source = 'contract'
      draft.decisions.push(percent < 0 ? `discount: margin of ${-percent} %` : `discount: ${percent} %`)
    }
    return undefined
  },
}
