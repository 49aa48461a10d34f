import type { PricingRule } from './types.ts'

/** Long inputs are billed, as a whole, at the rates of the highest threshold that the one request's input passes. */
export const contextTier: PricingRule = {
  name: 'context-tier',
  apply(draft) {
    const sheets = draft.sheet.context
    if (sheets === undefined) return undefined
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
