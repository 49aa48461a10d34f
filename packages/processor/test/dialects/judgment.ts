import type { DialectCall } from './types.ts'

export const calls: readonly DialectCall[] = [
  {
    scope: 'judgeval',
    name: 'OPENAI_API_CALL',
    attributes: {
      'judgment.span_kind': 'llm',
      'judgment.session_id': 'session-1',
      'judgment.llm.model': 'gpt-4.1',
      'judgment.usage.non_cached_input_tokens': 32248,
      'judgment.usage.output_tokens': 10433,
      'judgment.usage.cache_read_input_tokens': 1826,
      'judgment.usage.metadata': JSON.stringify({
        completion_tokens: 10433,
        prompt_tokens: 34074,
        total_tokens: 44507,
        completion_tokens_details: { reasoning_tokens: 413 },
        prompt_tokens_details: { cached_tokens: 1826, cache_write_tokens: null },
      }),
    },
    reads: {
      role: 'call',
      operation: 'chat',
      provider: 'openai',
      responseModel: 'gpt-4.1',
      conversationId: 'session-1',
      usage: {
        inputTokens: 34074,
        cacheReadTokens: 1826,
        outputTokens: 10433,
        reasoningTokens: 413,
      },
      cachedInput: 'included',
    },
  },
  {
    scope: 'judgeval',
    name: 'ANTHROPIC_API_CALL',
    attributes: {
      'judgment.span_kind': 'llm',
      'judgment.llm.model': 'claude-sonnet-4-5-20250929',
      'judgment.usage.non_cached_input_tokens': 17864,
      'judgment.usage.output_tokens': 8611,
      'judgment.usage.metadata': JSON.stringify({
        cache_creation: { ephemeral_1h_input_tokens: 7015, ephemeral_5m_input_tokens: 300 },
        cache_creation_input_tokens: 7315,
        cache_read_input_tokens: 46920,
        input_tokens: 17864,
        output_tokens: 8611,
      }),
    },
    reads: {
      role: 'call',
      provider: 'anthropic',
      usage: {
        inputTokens: 72099,
        cacheReadTokens: 46920,
        cacheWriteTokens: 7315,
        cacheWrite5mTokens: 300,
        cacheWrite1hTokens: 7015,
        outputTokens: 8611,
      },
      cachedInput: 'excluded',
    },
  },
  {
    // What a user's own code tells of its call.
    scope: 'judgeval',
    attributes: {
      'judgment.span_kind': 'function',
      'judgment.llm.provider': 'openai',
      'judgment.llm.model': 'gpt-4.1',
      'judgment.usage.non_cached_input_tokens': 100,
      'judgment.usage.cache_read_input_tokens': 40,
      'judgment.usage.output_tokens': 20,
    },
    reads: {
      role: 'call',
      provider: 'openai',
      usage: { inputTokens: 140, cacheReadTokens: 40, outputTokens: 20 },
      cachedInput: 'excluded',
    },
  },
  {
    scope: 'judgeval',
    name: 'agent',
    attributes: { 'judgment.span_kind': 'agent', 'judgment.customer_id': 'acme' },
    reads: { role: 'step', usage: {} },
  },
]
