import type { Dialect } from './types.ts'

/**
 * CrewAI's own tracing, since 1.15: the conventions' names. It adds up what Anthropic counts, and where it finds no input
 * among what a provider counts, as of Gemini, it says that there was none.
 * https://github.com/crewAIInc/crewAI/tree/main/lib/crewai/src/crewai/telemetry/tracing
 */
export const crewAi: Dialect = {
  name: 'crewai',
  attributes: [],
  scopes: ['crewai'],

  read: () => ({ cachedInput: 'included' }),

  takeBack({ usage }): void {
    if (usage?.inputTokens === 0) delete usage.inputTokens
  },
}
