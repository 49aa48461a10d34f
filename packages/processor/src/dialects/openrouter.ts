import type { SpanView } from '../otlp/types.ts'
import { ATTR_COST_SOURCE, ATTR_LEGACY_COST } from '../semconv.ts'
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

/** What an emitter that estimates nothing states; unless a processor before this one has worked it out. */
export function chargedAmount(span: SpanView): number | undefined {
  const source = text(span, ATTR_COST_SOURCE)
  return source === undefined || source === 'provider' ? number(span, ATTR_LEGACY_COST) : undefined
}
