import type { DialectCall } from './types.ts'

export const calls: readonly DialectCall[] = [
  {
    // The agent sums up its steps.
    scope: '@voltagent/core',
    attributes: {
      'entity.type': 'agent',
      'entity.name': 'support',
      'ai.model.name': 'gpt-4o-mini',
      'usage.prompt_tokens': 300,
      'usage.completion_tokens': 60,
      'usage.total_tokens': 360,
      'usage.cached_tokens': 120,
      'usage.reasoning_tokens': 12,
      'usage.cost': 0.001,
    },
    reads: {
      role: 'call',
      operation: 'chat',
      provider: 'openai',
      requestModel: 'gpt-4o-mini',
      agentName: 'support',
      usage: { inputTokens: 300, cacheReadTokens: 120, outputTokens: 60, reasoningTokens: 12 },
      cachedInput: 'included',
      declaredCost: { amount: 0.001, currency: 'USD' },
    },
  },
  {
    // On the customer's own key.
    scope: '@voltagent/core',
    attributes: {
      'entity.type': 'agent',
      'ai.model.name': 'anthropic/claude-sonnet-4-5',
      'usage.prompt_tokens': 300,
      'usage.cost': 0.0005,
      'usage.is_byok': true,
      'usage.cost_details.upstream_inference_cost': 0.01,
    },
    reads: { declaredCost: { amount: 0.0105, currency: 'USD' } },
  },
  {
    // What it asks of the AI SDK has the last step's usage.
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
    },
    reads: { role: 'step', provider: 'openai', requestModel: 'openai/gpt-4o-mini', streaming: true },
  },
  {
    scope: '@voltagent/core',
    name: 'tool.execution:delegate_task',
    attributes: { 'entity.type': 'agent', 'span.type': 'tool', 'tool.call.id': 'call_1' },
    reads: { role: 'step', operation: 'execute_tool' },
  },
]
