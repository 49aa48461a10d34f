import type { DialectCall } from './types.ts'

export const calls: readonly DialectCall[] = [
  {
    scope: 'com.anthropic.claude_code.tracing',
    name: 'claude_code.llm_request',
    attributes: {
      'gen_ai.system': 'anthropic',
      'gen_ai.request.model': 'claude-sonnet-4-5',
      'llm_request.context': 'interaction',
      speed: 'fast',
      attempt: 2,
      ttft_ms: 1500,
      input_tokens: 3,
      output_tokens: 50,
      cache_read_tokens: 1000,
      cache_creation_tokens: 200,
    },
    reads: {
      role: 'call',
      operation: 'chat',
      provider: 'anthropic',
      requestModel: 'claude-sonnet-4-5',
      speed: 'fast',
      attempts: 2,
      timeToFirstChunkSeconds: 1.5,
      usage: { inputTokens: 1203, cacheReadTokens: 1000, cacheWriteTokens: 200, outputTokens: 50 },
      cachedInput: 'excluded',
    },
  },
  {
    scope: 'com.anthropic.claude_code.tracing',
    name: 'claude_code.tool',
    attributes: { 'gen_ai.tool.call.id': 'toolu_1' },
    reads: { role: 'step', usage: {} },
  },
]
