import { decimal, multiply } from '../decimal.ts'
import type { UnpricedReason } from '../types.ts'
import { isProvisionedTier } from './provisioned.ts'
import type { Draft, PricingRule } from './types.ts'

/** Names of "no special tier" on the wires. */
const STANDARD = new Set([
  '',
  'default',
  'standard',
  'standard_only',
  'auto',
  'on_demand',
  'ondemand',
  'on-demand',
  'unspecified',
  'normal', // Claude Code's, of speed
])

/**
 * The tier that served the call, including batch and fast mode: its published rates, else the factor the provider
 * states.
 */
export const serviceTier: PricingRule = {
  name: 'service-tier',
  apply(draft) {
    const tier = requestedTier(draft)
    if (tier === undefined) return undefined
    return applyTier(draft, tier)
  },
}

function applyTier(draft: Draft, tier: string): UnpricedReason | undefined {
  const { sheet, match } = draft
  const published = sheet.tiers?.[tier]
  if (published !== undefined) {
    draft.sheet = {
      ...sheet,
      context: undefined,
      thinking: undefined,
      windows: undefined,
      ...published,
    } as typeof sheet
    draft.decisions.push(`service-tier: published ${tier} rates`)
    return undefined
  }
  const factor = match.provider.tierFactors?.[tier]
  if (factor !== undefined) {
    draft.rateFactor = multiply(draft.rateFactor, decimal(factor))
    draft.decisions.push(
      `service-tier: ${tier}, ${factor} of the standard rates as ${match.provider.name} states`,
    )
    return undefined
  }
  draft.decisions.push(`service-tier: no ${tier} price is published for ${match.id}`)
  return tier.startsWith('speed:') ? 'unknown_speed' : 'unknown_tier'
}

function requestedTier({ call, match }: Draft): string | undefined {
  const speed = call.speed?.toLowerCase()
  if (speed !== undefined && !STANDARD.has(speed)) return speedTier(speed, match.provider.tierAliases)
  if (call.batch === true || match.batch === true) return 'batch'
  const tier = (call.serviceTier ?? '').toLowerCase().replace(/^service_tier_/, '')
  if (STANDARD.has(tier) || isProvisionedTier(tier, match.provider.tierAliases)) return undefined
  const named = match.provider.tierAliases?.[tier] ?? tier
  return named === 'standard' ? undefined : named
}

function speedTier(speed: string, aliases: Record<string, string> | undefined): string | undefined {
  const named = aliases?.[`speed:${speed}`] ?? `speed:${speed}`
  return named === 'standard' ? undefined : named
}
