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
  // For Java.
  {
    scope: 'braintrust-java',
    name: 'anthropic.messages.create',
    attributes: {
      'braintrust.span_attributes': json({ type: 'llm' }),
      'braintrust.metadata': json({
        model: 'claude-sonnet-4-5',
        provider: 'anthropic',
        request_path: 'v1/messages',
        request_base_uri: 'https://api.anthropic.com',
      }),
      'braintrust.metrics': json({
        prompt_tokens: 5000,
        completion_tokens: 100,
        tokens: 5100,
        prompt_cached_tokens: 1000,
        prompt_cache_creation_5m_tokens: 150,
      }),
    },
    reads: {
      role: 'call',
      provider: 'anthropic',
      host: 'api.anthropic.com',
      requestModel: 'claude-sonnet-4-5',
      usage: {
        inputTokens: 6150,
        cacheReadTokens: 1000,
        cacheWriteTokens: 150,
        cacheWrite5mTokens: 150,
        outputTokens: 100,
      },
      cachedInput: 'excluded',
    },
  },
  {
    scope: 'braintrust-java',
    attributes: {
      'braintrust.span_attributes': json({ type: 'llm' }),
      'braintrust.metadata': json({
        model: 'gpt-4o',
        provider: 'generic-ai-provider',
        request_base_uri: 'https://models.github.ai/inference',
      }),
      'braintrust.metrics': json({ prompt_tokens: 100, completion_tokens: 7, tokens: 107 }),
    },
    reads: { role: 'call', host: 'models.github.ai', usage: { inputTokens: 100, outputTokens: 7 } },
  },
]
