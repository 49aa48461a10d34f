import { inclusiveUsage, type Usage } from '@spanmeter/pricing'
import type { CachedInput } from './types.ts'

/**
 * Makes `inputTokens` include cached tokens, as the conventions have it. Emitters differ, and the same one differs by
 * version and provider, so the numbers decide where they can; else what the dialect knows; else included.
 */
export function settleUsage(
  usage: Usage,
  totalTokens: number | undefined,
  known: CachedInput | undefined,
): { usage: Usage; cachedInput?: CachedInput } {
  const settled = inclusiveUsage({
    usage,
    ...(totalTokens === undefined ? {} : { totalTokens }),
    ...(known === undefined ? {} : { emitter: known === 'included' ? 'inclusive' : 'exclusive' }),
  })
  if (settled.decidedBy === 'nothing-cached') return { usage: settled.usage }
  return {
    usage: settled.usage,
    cachedInput: settled.reported === 'inclusive' ? 'included' : 'excluded',
  }
}
