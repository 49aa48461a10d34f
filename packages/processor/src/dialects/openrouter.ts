import { chargedAmount, inUsd } from './readers/declared-cost.ts'
import { known, number, text } from './readers/values.ts'
import type { Dialect, DialectReading } from './types.ts'

/**
 * OpenRouter's broadcast: spans of the calls that it has relayed, with what it charged.
 * https://openrouter.ai/docs/guides/features/broadcast
 */
export const openRouter: Dialect = {
  name: 'openrouter',

  attributes: ['openrouter.'],
  scopes: ['openrouter'],

  read: (span): DialectReading =>
    known<DialectReading>({
      provider: 'openrouter',
      requestModel: text(span, 'gen_ai.request.model'),
      cachedInput: 'included',
      declaredCost: inUsd(number(span, 'gen_ai.usage.total_cost') ?? chargedAmount(span)),
    }),
}
