import type { DialectCall } from './types.ts'

export const calls: readonly DialectCall[] = [
  {
    scope: 'my-app',
    name: 'chat claude-sonnet-4-5 #0',
    attributes: {
      'gen_ai.system': 'anthropic',
      'gen_ai.operation.name': 'chat',
      'gen_ai.request.model': 'claude-sonnet-4-5',
      'tanstack.ai.iteration': 0,
      'gen_ai.usage.input_tokens': 38_586,
      'gen_ai.usage.output_tokens': 3525,
      'gen_ai.usage.total_tokens': 42_111,
      'gen_ai.usage.cache_read.input_tokens': 19_898,
      'gen_ai.usage.cache_creation.input_tokens': 12_364,
    },
    reads: {
      role: 'call',
      usage: {
        inputTokens: 70_848,
        cacheReadTokens: 19_898,
        cacheWriteTokens: 12_364,
        outputTokens: 3525,
      },
      cachedInput: 'excluded',
    },
  },
  {
    // The cost is the provider's.
    scope: 'my-app',
    name: 'chat openai/gpt-4.1 #0',
    attributes: {
      'gen_ai.system': 'openrouter',
      'gen_ai.operation.name': 'chat',
      'gen_ai.request.model': 'openai/gpt-4.1',
      'tanstack.ai.iteration': 0,
      'gen_ai.usage.input_tokens': 18_500,
      'gen_ai.usage.output_tokens': 3340,
      'gen_ai.usage.total_tokens': 21_840,
      'gen_ai.usage.cost': 0.050594,
    },
    reads: { declaredCost: { amount: 0.050594, currency: 'USD' } },
  },
]
