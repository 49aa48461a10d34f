import { ZERO } from '../decimal.ts'
import type { PricingRule } from './types.ts'

/** `:free` variants cost nothing by the router's own terms. */
export const routerSuffix: PricingRule = {
  name: 'router-suffix',
  apply(draft) {
    if (draft.match.free !== true) return undefined
    draft.totalFactor = ZERO
    draft.decisions.push('router-suffix: a :free variant')
    return undefined
  },
}
