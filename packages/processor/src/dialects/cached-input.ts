import { inclusiveUsage, type ReportedUsage, type Usage } from '@spanmeter/pricing'
import type { CachedInput } from './types.ts'

/**
 * Makes `inputTokens` include cached tokens, as the conventions have it. Emitters differ, and the same one differs by
 * version and provider, so the numbers decide where they can; else what the dialect knows; else included.
 */
export function settleUsage(
  usage: Usage,
  totalTokens: number | undefined,
  known: CachedInput | undefined,
  model: string | undefined,
): { usage: Usage; cachedInput?: CachedInput } {
  const reported: ReportedUsage = { usage }
  if (totalTokens !== undefined) {
    reported.usage = withThoughts(usage, totalTokens, model)
    reported.totalTokens = totalTokens
  }
  if (known !== undefined) reported.emitter = known === 'included' ? 'inclusive' : 'exclusive'
  const settled = inclusiveUsage(reported)
  if (settled.decidedBy === 'nothing-cached') return { usage: settled.usage }
  return {
    usage: settled.usage,
    cachedInput: settled.reported === 'inclusive' ? 'included' : 'excluded',
  }
}

/**
 * Gemini's total has thoughts in it, which it bills as output; emitters that copy its candidates alone leave them out.
 * https://ai.google.dev/api/generate-content#UsageMetadata
 */
function withThoughts(usage: Usage, totalTokens: number, model: string | undefined): Usage {
  const { inputTokens, outputTokens, reasoningTokens, cacheReadTokens } = usage
  if (inputTokens === undefined || outputTokens === undefined || reasoningTokens !== undefined) return usage
  const beside = totalTokens - inputTokens - outputTokens
  if (beside <= 0 || beside === cacheReadTokens || model?.includes('gemini') !== true) return usage
  return { ...usage, outputTokens: outputTokens + beside, reasoningTokens: beside }
}
