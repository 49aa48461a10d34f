import type { PriceableCall } from '../types.ts'
import type { PricingRule } from './types.ts'

/** Whether the call's usage is the sum of many requests: of a batch, or of an agent. */
export function isOfMany({ operation }: PriceableCall): boolean {
  return operation === 'fetch_batch_results' || operation === 'invoke_agent'
}

/**
 * Long inputs are billed as a whole at the rates of the highest threshold that a single request's input exceeds. If
 * requests are added up, the length of each isn't known; most likely, all were short.
 */
export const contextTier: PricingRule = {
  name: 'context-tier',
  apply(draft) {
    const sheets = draft.sheet.context
    if (sheets === undefined) return undefined
    if (isOfMany(draft.call)) {
      draft.decisions.push('context-tier: not known of requests that are added up')
      return undefined
    }
    const input = draft.call.usage.inputTokens ?? 0
    for (const sheet of sheets) {
      const above = sheet.above ?? sheet.from! - 1
      if (input > above) {
        draft.sheet = { ...draft.sheet, perMillionTokens: sheet.perMillionTokens, ...thinkingOf(sheet) }
        draft.inputAbove = above
        draft.inputUpTo = Number.POSITIVE_INFINITY
        draft.decisions.push(
          `context-tier: input ${sheet.above === undefined ? `of ${sheet.from} tokens and more` : `above ${above} tokens`}`,
        )
      } else {
        draft.inputUpTo = Math.min(draft.inputUpTo, above)
      }
    }
    return undefined
  },
}

function thinkingOf(sheet: { thinking?: object }): { thinking?: object } {
  return sheet.thinking === undefined ? {} : { thinking: sheet.thinking }
}
