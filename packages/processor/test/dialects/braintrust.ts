import type { DialectCall } from './types.ts'

const json = JSON.stringify

export const calls: readonly DialectCall[] = [
  {
    attributes: {
      'braintrust.span_attributes': json({ type: 'llm' }),
      'braintrust.metadata': json({ model: 'gpt-4o', provider: 'openai' }),
      'braintrust.metrics': json({
        prompt_tokens: 100,
        completion_tokens: 7,
        tokens: 107,
        prompt_cached_tokens: 40,
        prompt_cache_creation_tokens: 20,
        prompt_cache_creation_1h_tokens: 20,
      }),
    },
    reads: {
      role: 'call',
      requestModel: 'gpt-4o',
      usage: {
        inputTokens: 100,
        cacheReadTokens: 40,
        cacheWriteTokens: 20,
        cacheWrite1hTokens: 20,
        outputTokens: 7,
      },
    },
  },
]
