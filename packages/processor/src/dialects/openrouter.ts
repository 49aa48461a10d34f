import { chargedAmount } from './charged-amount.ts'
import type { Dialect, DialectReading } from './types.ts'
import { known, number, text } from './values.ts'

/**
 * OpenRouter's broadcast of the calls it has relayed, with what it charged.
 * https://openrouter.ai/docs/guides/features/broadcast
 */
export const openRouter: Dialect = {
  name: 'openrouter',

  attributes: ['openrouter.'],
  scopes: ['openrouter'],

  read(span): DialectReading {
    const amount = number(span, 'gen_ai.usage.total_cost') ?? chargedAmount(span)
    return known<DialectReading>({
      provider: 'openrouter',
      requestModel: text(span, 'gen_ai.request.model'),
      cachedInput: 'included',
      declaredCost: amount === undefined ? undefined : { amount, currency: 'USD' },
    })
  },
}
