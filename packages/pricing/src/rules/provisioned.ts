import { ZERO } from '../decimal.ts'
import { covers, holds } from '../overrides.ts'
import { isProvisionedTier } from '../provisioned-tiers.ts'
import type { PricingRule } from './types.ts'

/** Capacity paid for by the hour: the call itself costs nothing more. The list amount stays beside it, as what it would have cost. */
export const provisioned: PricingRule = {
  name: 'provisioned',
  apply(draft) {
    const { call, match, overrides } = draft
    const committed =
      match.provisioned === true ||
      isProvisionedTier(call.serviceTier, match.provider.tierAliases) ||
      overrides?.provisioned.some(
        (scoped) => covers(scoped.entry, call, match) && holds(scoped, call.at.getTime()),
      ) === true
    if (!committed) return undefined
    draft.totalFactor = ZERO
    draft.source = 'contract'
    draft.decisions.push(
      'provisioned: capacity is paid for already; the list amount is what the call would have cost',
    )
    return undefined
  },
}
