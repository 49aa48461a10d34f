import { inclusiveUsage, type ReportedUsage, type Usage } from '@spanmeter/pricing'
import type { CachedInput } from '../types.ts'
import { completedByTotal } from './total-tokens.ts'

/**
 * Makes `inputTokens` include cached tokens, as the conventions have it. Emitters differ, and the same one differs by
 * version and provider, so the numbers decide where they can; else what the dialect knows; else included.
 */
export function settleUsage(
  usage: Usage,
  totalTokens: number | undefined,
  known: CachedInput | undefined,
  model: string | undefined,
  operation: string | undefined,
): { usage: Usage; cachedInput?: CachedInput } {
  const reported: ReportedUsage = { usage }
  if (totalTokens !== undefined) {
    reported.usage = completedByTotal(usage, totalTokens, model, operation)
    reported.totalTokens = totalTokens
  }
  if (known !== undefined) reported.emitter = known === 'included' ? 'inclusive' : 'exclusive'
  if (known === 'included' && isOfGemini(model) && fitsInput(usage)) reported.stated = 'inclusive'
  const settled = inclusiveUsage(reported)
  if (settled.decidedBy === 'nothing-cached') return { usage: settled.usage }
  return {
    usage: settled.usage,
    cachedInput: settled.reported === 'inclusive' ? 'included' : 'excluded',
  }
}

/** Its total has thoughts and results of tools beside both sides: that these are as many as cached tokens tells nothing. */
function isOfGemini(model: string | undefined): boolean {
  return model?.includes('gemini') === true
}

function fitsInput({ inputTokens = 0, cacheReadTokens = 0, cacheWriteTokens = 0 }: Usage): boolean {
  return cacheReadTokens + cacheWriteTokens <= inputTokens
}
