/** Service tiers that are bought as capacity: Gemini's and Azure's provisioned throughput, OpenAI's scale tier, Bedrock's reserved tier. */
const PROVISIONED_TIERS = new Set([
  'provisioned',
  'provisioned_throughput',
  'provisioned-throughput',
  'ptu',
  'scale',
  'reserved',
])

/** Whether the tier that served a call is capacity the customer has paid for by the hour. */
export function isProvisionedTier(tier: string | undefined): boolean {
  return tier !== undefined && PROVISIONED_TIERS.has(tier.toLowerCase())
}
