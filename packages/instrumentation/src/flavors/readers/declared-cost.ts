import type { GenAiResponse } from '../types.ts'

/** What an answer says that it cost, in US dollars. */
export function inDollars(amount: number | undefined): GenAiResponse['declaredCost'] {
  return amount === undefined ? undefined : { amount, currency: 'USD' }
}
