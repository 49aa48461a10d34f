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
