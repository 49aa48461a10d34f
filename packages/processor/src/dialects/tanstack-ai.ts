import { chargedAmount } from './charged-amount.ts'
import { countingOfProvider } from './provider-counts.ts'
import type { Dialect, DialectReading } from './types.ts'
import { known } from './values.ts'

/**
 * TanStack AI's middleware: the conventions' names, with what the provider counts, and what it says that it charged.
 * https://tanstack.com/ai/latest/docs/advanced/otel
 */
export const tanStackAi: Dialect = {
  name: 'tanstack-ai',
  attributes: ['tanstack.ai.'],

  read(span): DialectReading {
    const amount = chargedAmount(span)
    return known<DialectReading>({
      cachedInput: countingOfProvider(span),
      declaredCost: amount === undefined ? undefined : { amount, currency: 'USD' },
    })
  },
}
