import { decimal, multiply } from '../decimal.ts'
import { regionClasses } from '../region-classes.ts'
import type { PricingRule } from './types.ts'

/** Regional endpoints, inference profiles and data residency: a sheet of their own, or a factor on the token rates. */
export const region: PricingRule = {
  name: 'region',
  apply(draft) {
    const regions = draft.sheet.regions
    if (regions === undefined) return undefined
    for (const name of regionClasses(draft.call, draft.match)) {
      const regional = regions[name]
      if (regional === undefined) continue
      if ('factor' in regional) {
        draft.rateFactor = multiply(draft.rateFactor, decimal(regional.factor))
        draft.decisions.push(`region: ${name}, ${regional.factor} of the token rates`)
      } else {
        draft.sheet = {
          ...draft.sheet,
          context: undefined,
          tiers: undefined,
          ...regional,
        } as typeof draft.sheet
        draft.decisions.push(`region: rates of ${name}`)
      }
      return undefined
    }
    return undefined
  },
}
