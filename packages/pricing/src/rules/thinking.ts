import type { PricingRule } from './types.ts'

/** Some models have other rates in thinking mode; reasoning tokens show that the call ran in it. */
export const thinking: PricingRule = {
  name: 'thinking',
  apply(draft) {
    const sheet = draft.sheet.thinking
    if (sheet === undefined) return undefined
    draft.dependsOnThinking = true
    if ((draft.call.usage.reasoningTokens ?? 0) > 0) {
      draft.sheet = { ...draft.sheet, ...sheet }
      draft.decisions.push('thinking: rates of thinking mode')
    }
    return undefined
  },
}
