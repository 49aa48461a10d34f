import { ZERO } from '../decimal.ts'
import { covers, holds } from '../overrides.ts'
import type { PricingRule } from './types.ts'

/** Capacity paid for by the hour: the call itself costs nothing more. The list amount says what it would have cost. */
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

/**
 * Service tiers that are bought as capacity: Gemini's and Azure's provisioned throughput, OpenAI's scale tier, Bedrock's
 * reserved tier; Anthropic's priority tier by its alias: https://platform.claude.com/docs/en/api/service-tiers
 */
const PROVISIONED_TIERS = new Set([
  'provisioned',
  'provisioned_throughput',
  'provisioned-throughput',
  'ptu',
  'scale',
  'reserved',
])

/** Whether the tier that served a call is capacity the customer has paid for by the hour. */
export function isProvisionedTier(
  tier: string | undefined,
  aliases?: Readonly<Record<string, string>>,
): boolean {
  if (tier === undefined) return false
  const name = tier.toLowerCase()
  return PROVISIONED_TIERS.has(aliases?.[name] ?? name)
}
