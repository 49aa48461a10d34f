import { chargedAmount, inUsd } from './readers/declared-cost.ts'
import { countingOfProvider } from './readers/provider-counts.ts'
import { known } from './readers/values.ts'
import type { Dialect, DialectReading } from './types.ts'

/**
 * TanStack AI's middleware: the conventions' names, with the provider's counts and what the provider states that it charged.
 * https://tanstack.com/ai/latest/docs/advanced/otel
 */
export const tanStackAi: Dialect = {
  name: 'tanstack-ai',
  attributes: ['tanstack.ai.'],

  read: (span): DialectReading =>
    known<DialectReading>({
      cachedInput: countingOfProvider(span),
      declaredCost: inUsd(chargedAmount(span)),
    }),
}
