import type { Dialect, DialectReading } from './types.ts'
import { flag, known, number, text } from './values.ts'

/**
 * VoltAgent: a span for each call of a model by its agents, under names of its own and usage under those of old
 * OpenLLMetry. Its agents' spans sum up. What OpenRouter charges is there where the call went through it.
 * https://voltagent.dev/observability-docs/developer-guide/
 */
export const voltAgent: Dialect = {
  name: 'voltagent',

  attributes: ['llm.operation', 'llm.model_id', 'llm.model_index'],
  scopes: ['@voltagent/'],

  read(span): DialectReading {
    const operation = text(span, 'llm.operation')
    return known<DialectReading>({
      role: operation === undefined ? 'step' : 'call',
      operation: operation === undefined ? undefined : 'chat',
      provider: text(span, 'llm.provider'),
      requestModel: text(span, 'llm.model'),
      streaming: flag(span, 'llm.stream'),
      cachedInput: 'included',
      declaredCost: readDeclaredCost(span),
    })
  },
}

/** On the customer's own key OpenRouter charges a fee, and the provider bills the rest. */
function readDeclaredCost(span: Parameters<Dialect['read']>[0]): DialectReading['declaredCost'] {
  const charged = number(span, 'usage.cost')
  if (charged === undefined || text(span, 'llm.operation') === undefined) return undefined
  const upstream = flag(span, 'usage.is_byok')
    ? (number(span, 'usage.cost_details.upstream_inference_cost') ?? 0)
    : 0
  return { amount: charged + upstream, currency: 'USD' }
}
