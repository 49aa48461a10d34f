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
]
