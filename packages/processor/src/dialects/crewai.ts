import type { Dialect } from './types.ts'

/**
 * CrewAI's own tracing, since 1.15: the conventions' names. It adds cached tokens to Anthropic's input. If it can't find the
 * input among a provider's counts, such as Gemini's, it writes 0.
 * https://github.com/crewAIInc/crewAI/tree/main/lib/crewai/src/crewai/telemetry/tracing
 */
export const crewAi: Dialect = {
  name: 'crewai',
  attributes: [],
  scopes: ['crewai'],

  read: () => ({ cachedInput: 'included' }),

  correct({ usage }): void {
    if (usage?.inputTokens === 0) delete usage.inputTokens
  },
}
