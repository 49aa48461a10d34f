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
    const amount = number(span, 'gen_ai.usage.total_cost', ...(isEstimated(span) ? [] : [ATTR_LEGACY_COST]))
    return known<DialectReading>({
      provider: 'openrouter',
      requestModel: text(span, 'gen_ai.request.model'),
      cachedInput: 'included',
      declaredCost: amount === undefined ? undefined : { amount, currency: 'USD' },
    })
  },
}

/** Whether a processor before this one has worked out the cost that stands there: OpenRouter had stated none. */
function isEstimated(span: SpanView): boolean {
  const source = text(span, ATTR_COST_SOURCE)
  return source !== undefined && source !== 'provider'
}
