import type { DialectCall } from './types.ts'

const json = JSON.stringify

export const calls: readonly DialectCall[] = [
  {
    attributes: {
      'genkit:type': 'action',
      'genkit:metadata:subtype': 'model',
      'genkit:name': 'googleai/gemini-2.5-flash',
      'genkit:output': json({
        usage: {
          inputTokens: 10,
          outputTokens: 5,
          thoughtsTokens: 100,
          totalTokens: 115,
          cachedContentTokens: 4,
        },
      }),
    },
    reads: {
      role: 'call',
      operation: 'chat',
      provider: 'gcp.gemini',
      requestModel: 'gemini-2.5-flash',
      usage: { inputTokens: 10, cacheReadTokens: 4, outputTokens: 105, reasoningTokens: 100 },
    },
  },
  {
    attributes: {
      'genkit:type': 'flow',
      'genkit:name': 'menu',
      'genkit:output': json({ usage: { inputTokens: 10 } }),
    },
    reads: { role: 'step', usage: {} },
  },
  {
    attributes: {
      'genkit:type': 'action',
      'genkit:metadata:subtype': 'model',
      'genkit:name': 'anthropic/claude-sonnet-4-5',
      'genkit:output': json({
        usage: { inputTokens: 500, outputTokens: 7, custom: { cache_read_input_tokens: 400 } },
      }),
    },
    reads: { usage: { inputTokens: 900, cacheReadTokens: 400, outputTokens: 7 }, cachedInput: 'excluded' },
  },
]
