import type { DialectCall } from './types.ts'

export const calls: readonly DialectCall[] = [
  {
    attributes: {
      'langtrace.service.name': 'OpenAI',
      'llm.model': 'gpt-4o',
      'llm.token.counts': JSON.stringify({ input_tokens: 10, output_tokens: 3, total_tokens: 13 }),
    },
    reads: {
      role: 'call',
      provider: 'openai',
      requestModel: 'gpt-4o',
      usage: { inputTokens: 10, outputTokens: 3 },
    },
  },
  {
    scope: 'litellm',
    attributes: {
      'gen_ai.operation.name': 'chat',
      'langtrace.service.name': 'anthropic',
      'llm.model': 'claude-sonnet-4-5',
      'llm.token.counts.prompt': 10,
      'llm.token.counts.completion': 3,
      'llm.token.counts.total': 13,
    },
    reads: {
      role: 'call',
      provider: 'anthropic',
      requestModel: 'claude-sonnet-4-5',
      usage: { inputTokens: 10, outputTokens: 3 },
    },
  },
]
