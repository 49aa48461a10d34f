import type { DialectCall } from './types.ts'

const json = JSON.stringify

export const calls: readonly DialectCall[] = [
  {
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'google',
      'gen_ai.request.model': 'google/gemini-2.5-flash',
      'mirascope.response.usage': json({
        input_tokens: 91,
        output_tokens: 924,
        reasoning_tokens: 850,
        cache_read_tokens: 0,
      }),
    },
    reads: {
      provider: 'gcp.gemini',
      usage: { inputTokens: 91, cacheReadTokens: 0, outputTokens: 924, reasoningTokens: 850 },
    },
  },
  {
    scope: 'mirascope.llm',
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.model': 'openai/gpt-4o-mini:completions',
      'gen_ai.response.model': 'openai/gpt-4o-mini:completions',
    },
    reads: { provider: 'openai', requestModel: 'openai/gpt-4o-mini', responseModel: 'openai/gpt-4o-mini' },
  },
  {
    attributes: {
      'mirascope.type': 'response_resume',
      'mirascope.response.model_id': 'openai/gpt-4o-mini',
      'mirascope.ops.session.id': 'session-1',
    },
    reads: { role: 'step', conversationId: 'session-1' },
  },
  {
    attributes: {
      'mirascope.type': 'trace',
      'mirascope.response.provider_id': 'openai',
      'mirascope.response.model_id': 'openai/gpt-4o-mini',
      'mirascope.response.usage': json({ input_tokens: 12, output_tokens: 87, total_tokens: 99 }),
    },
    reads: { role: 'call', provider: 'openai', usage: { inputTokens: 12, outputTokens: 87 } },
  },
]
