import type { Usage } from '@spanmeter/pricing'
import type { CachedInput } from './types.ts'

/**
 * Makes `inputTokens` include cached tokens, as the conventions have it. Emitters differ, and the same one differs by
 * version and provider, so the numbers decide where they can: more cached tokens than input means that input excludes
 * them, and so does a stated total that only adds up with them beside it. Else what the dialect knows; else included.
 */
export function settleUsage(
  usage: Usage,
  totalTokens: number | undefined,
  known: CachedInput | undefined,
): { usage: Usage; cachedInput?: CachedInput } {
  const cached = (usage.cacheReadTokens ?? 0) + (usage.cacheWriteTokens ?? 0)
  if (cached === 0 || usage.inputTokens === undefined) return { usage }
  const cachedInput = decideByNumbers(usage, totalTokens, cached) ?? known ?? 'included'
  if (cachedInput === 'included') return { usage, cachedInput }
  return { usage: { ...usage, inputTokens: usage.inputTokens + cached }, cachedInput }
}

function decideByNumbers(
  usage: Usage,
  totalTokens: number | undefined,
  cached: number,
): CachedInput | undefined {
  const { inputTokens = 0, outputTokens = 0, cacheReadTokens = 0 } = usage
  if (cached > inputTokens) return 'excluded'
  const beyond = totalTokens === undefined ? undefined : totalTokens - inputTokens - outputTokens
  if (beyond === cached || (beyond === cacheReadTokens && beyond > 0)) return 'excluded'
  return undefined
}
