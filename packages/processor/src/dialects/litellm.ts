import type { Dialect, DialectReading } from './types.ts'
import { asNumber, asText, known, number, object, text } from './values.ts'

/**
 * The LiteLLM proxy and SDK: `litellm_request` is the call, and `raw_gen_ai_request` beneath it repeats what was sent.
 * It includes cached tokens for every provider, and says what it charged.
 * https://docs.litellm.ai/docs/observability/opentelemetry_integration
 */
export const liteLlm: Dialect = {
  name: 'litellm',

  attributes: [],
  scopes: ['litellm'],

  read(span): DialectReading {
    const hidden = object(span, 'hidden_params')
    const amount = number(span, 'gen_ai.cost.total_cost', 'gen_ai.cost') ?? asNumber(hidden?.response_cost)
    return known<DialectReading>({
      role: span.name === 'raw_gen_ai_request' ? 'step' : undefined,
      responseModel: text(span, 'gen_ai.response.model') ?? asText(hidden?.litellm_model_name),
      cachedInput: 'included',
      declaredCost: amount === undefined ? undefined : { amount, currency: 'USD' },
    })
  },
}
