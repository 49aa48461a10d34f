import type { DialectCall } from './types.ts'

const call = {
  'gen_ai.operation.name': 'chat',
  'gen_ai.usage.input_tokens': 1000,
  'gen_ai.usage.output_tokens': 20,
  'koog.event.id': 'e1',
}

export const calls: readonly DialectCall[] = [
  {
    scope: 'koog',
    attributes: {
      ...call,
      'gen_ai.provider.name': 'anthropic',
      'gen_ai.request.model': 'claude-sonnet-4-5',
      'gen_ai.response.metadata': '{"cacheCreationInputTokens":50,"cacheReadInputTokens":300}',
    },
    reads: {
      role: 'call',
      provider: 'anthropic',
      requestModel: 'claude-sonnet-4-5',
      usage: { inputTokens: 1350, cacheReadTokens: 300, cacheWriteTokens: 50, outputTokens: 20 },
      cachedInput: 'excluded',
    },
  },
  {
    scope: 'koog',
    attributes: { ...call, 'gen_ai.provider.name': 'openai', 'gen_ai.request.model': 'gpt-4.1' },
    reads: { role: 'call', usage: { inputTokens: 1000, outputTokens: 20 } },
  },
  {
    scope: 'koog',
    name: 'node nodeExecuteTool',
    attributes: { 'koog.event.id': 'e2', 'gen_ai.conversation.id': 'c' },
    reads: { role: 'step' },
  },
]
