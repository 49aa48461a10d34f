import type { GenAiResponse } from '../types.ts'

/** The cost that an answer states, in US dollars. */
export function inDollars(amount: number | undefined): GenAiResponse['declaredCost'] {
  return amount === undefined ? undefined : { amount, currency: 'USD' }
}
