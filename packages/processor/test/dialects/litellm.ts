import type { DialectCall } from './types.ts'

export const calls: readonly DialectCall[] = [
  {
    scope: 'litellm',
    name: 'litellm_request',
    attributes: {
      'llm.request.type': 'acompletion',
      'gen_ai.system': 'azure',
      'gen_ai.request.model': 'gpt-4o',
      'gen_ai.usage.input_tokens': 50,
      'gen_ai.usage.cache_read.input_tokens': 30,
      'gen_ai.usage.output_tokens': 5,
      'gen_ai.cost.total_cost': 0.0021,
    },
    reads: {
      role: 'call',
      operation: 'chat',
      provider: 'azure.ai.openai',
      usage: { inputTokens: 50, cacheReadTokens: 30, outputTokens: 5 },
      cachedInput: 'included',
      declaredCost: { amount: 0.0021, currency: 'USD' },
    },
  },
  {
    scope: 'litellm',
    name: 'chat gpt-4o',
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.request.model': 'gpt-4o',
      'litellm.cache_hit': true,
    },
    reads: { role: 'call', declaredCost: { amount: 0, currency: 'USD' } },
  },
  {
    scope: 'litellm',
    name: 'raw_gen_ai_request',
    attributes: {
      'llm.openai.model': 'gpt-4o',
      'gen_ai.request.model': 'gpt-4o',
      'gen_ai.usage.input_tokens': 5,
    },
    reads: { role: 'step' },
  },
  {
    // A response that is fetched again was billed when it was made.
    scope: 'litellm',
    attributes: {
      'gen_ai.operation.name': 'litellm.responses_management',
      'gen_ai.request.model': 'gpt-4o',
      'gen_ai.usage.input_tokens': 5,
    },
    reads: { role: 'step' },
  },
]
