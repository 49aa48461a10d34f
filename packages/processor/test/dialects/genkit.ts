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
  {
    // Google's first plugin counts neither thoughts nor what was cached.
    attributes: {
      'genkit:type': 'action',
      'genkit:metadata:subtype': 'model',
      'genkit:name': 'googleai/gemini-2.5-flash',
      'genkit:output': json({
        usage: { inputTokens: 13_169, outputTokens: 9251, totalTokens: 24_171 },
        custom: {
          modelVersion: 'gemini-2.5-flash',
          usageMetadata: {
            promptTokenCount: 13_169,
            candidatesTokenCount: 9251,
            totalTokenCount: 24_171,
            cachedContentTokenCount: 585,
            thoughtsTokenCount: 1751,
          },
        },
      }),
    },
    reads: {
      responseModel: 'gemini-2.5-flash',
      usage: { inputTokens: 13_169, cacheReadTokens: 585, outputTokens: 11_002, reasoningTokens: 1751 },
    },
  },
  {
    attributes: {
      'genkit:type': 'action',
      'genkit:metadata:subtype': 'model',
      'genkit:name': 'anthropic/claude-3-5-haiku',
      'genkit:output': json({
        usage: { inputTokens: 500, outputTokens: 7 },
        custom: { usage: { input_tokens: 500, cache_read_input_tokens: 400, output_tokens: 7 } },
      }),
    },
    reads: { usage: { inputTokens: 900, cacheReadTokens: 400, outputTokens: 7 }, cachedInput: 'excluded' },
  },
  {
    // OpenAI's parts stand in its answer alone.
    attributes: {
      'genkit:type': 'action',
      'genkit:metadata:subtype': 'model',
      'genkit:name': 'openai/gpt-4.1',
      'genkit:output': json({
        usage: { inputTokens: 64_268, outputTokens: 9043, totalTokens: 73_311 },
        raw: {
          model: 'gpt-4.1-2025-04-14',
          usage: {
            prompt_tokens: 64_268,
            completion_tokens: 9043,
            total_tokens: 73_311,
            prompt_tokens_details: { cached_tokens: 435 },
            completion_tokens_details: { reasoning_tokens: 229 },
          },
        },
      }),
    },
    reads: {
      requestModel: 'gpt-4.1',
      responseModel: 'gpt-4.1-2025-04-14',
      usage: { inputTokens: 64_268, cacheReadTokens: 435, outputTokens: 9043, reasoningTokens: 229 },
    },
  },
  {
    attributes: {
      'genkit:type': 'action',
      'genkit:metadata:subtype': 'model',
      'genkit:name': 'anthropic/claude-sonnet-4-5',
      'genkit:output': json({
        usage: {
          inputTokens: 1305,
          outputTokens: 8519,
          custom: {
            cache_creation_input_tokens: 10_132,
            cache_read_input_tokens: 15_539,
            ephemeral_5m_input_tokens: 7707,
            ephemeral_1h_input_tokens: 2425,
          },
        },
      }),
    },
    reads: {
      usage: {
        inputTokens: 26_976,
        cacheReadTokens: 15_539,
        cacheWriteTokens: 10_132,
        cacheWrite5mTokens: 7707,
        cacheWrite1hTokens: 2425,
        outputTokens: 8519,
      },
      cachedInput: 'excluded',
    },
  },
  {
    // For Go.
    attributes: {
      'genkit:type': 'action',
      'genkit:metadata:subtype': 'model',
      'genkit:name': 'vertexai/claude-sonnet-4-5@20250929',
      'genkit:output': json({ usage: { inputTokens: 5000, outputTokens: 7, cachedContentTokens: 400 } }),
    },
    reads: {
      provider: 'gcp.vertex_ai',
      usage: { inputTokens: 5400, cacheReadTokens: 400, outputTokens: 7 },
      cachedInput: 'excluded',
    },
  },
]
