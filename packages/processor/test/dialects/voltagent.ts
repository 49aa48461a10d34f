import type { DialectCall } from './types.ts'

export const calls: readonly DialectCall[] = [
  {
    scope: '@voltagent/core',
    name: 'llm:streamText',
    attributes: {
      'span.type': 'llm',
      'llm.operation': 'streamText',
      'llm.model': 'openai/gpt-4o-mini',
      'llm.provider': 'openai',
      'llm.stream': true,
      'llm.usage.prompt_tokens': 100,
      'llm.usage.completion_tokens': 20,
      'llm.usage.total_tokens': 120,
      'llm.usage.cached_tokens': 40,
      'llm.usage.reasoning_tokens': 4,
      'usage.cost': 0.001,
    },
    reads: {
      role: 'call',
      operation: 'chat',
      provider: 'openai',
      requestModel: 'openai/gpt-4o-mini',
      streaming: true,
      usage: { inputTokens: 100, cacheReadTokens: 40, outputTokens: 20, reasoningTokens: 4 },
      cachedInput: 'included',
      declaredCost: { amount: 0.001, currency: 'USD' },
    },
  },
  {
    // On the customer's own key.
    attributes: {
      'llm.operation': 'generateText',
      'llm.model': 'anthropic/claude-sonnet-4-5',
      'usage.cost': 0.0005,
      'usage.is_byok': true,
      'usage.cost_details.upstream_inference_cost': 0.01,
    },
    reads: { declaredCost: { amount: 0.0105, currency: 'USD' } },
  },
  {
    // The agent sums up.
    scope: '@voltagent/core',
    attributes: {
      'entity.type': 'agent',
      'ai.model.name': 'gpt-4o',
      'usage.prompt_tokens': 100,
      'usage.cost': 0.01,
    },
    reads: { role: 'step', usage: {} },
  },
]
