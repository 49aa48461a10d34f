import { inclusiveUsage, type ReportedUsage, type Usage } from '@spanmeter/pricing'
import type { CachedInput } from '../types.ts'
import { completedByTotal } from './total-tokens.ts'

/**
 * Makes `inputTokens` include cached tokens, as the conventions ask for. Emitters differ in this, by version and by provider.
 * So the numbers decide if they can, otherwise what the dialect knows; otherwise cached tokens are taken as included.
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

/** Gemini's total also has thoughts and tool results: a total that exceeds input and output says nothing about cached tokens. */
function isOfGemini(model: string | undefined): boolean {
  return model?.includes('gemini') === true
}

function fitsInput({ inputTokens = 0, cacheReadTokens = 0, cacheWriteTokens = 0 }: Usage): boolean {
  return cacheReadTokens + cacheWriteTokens <= inputTokens
}
