import type { DialectCall } from './types.ts'

export const calls: readonly DialectCall[] = [
  {
    scope: 'openrouter',
    attributes: {
      'gen_ai.request.model': 'anthropic/claude-sonnet-4.5',
      'gen_ai.usage.input_tokens': 5,
      'gen_ai.usage.total_cost': 0.0123,
    },
    reads: { role: 'call', provider: 'openrouter', declaredCost: { amount: 0.0123, currency: 'USD' } },
  },
]
