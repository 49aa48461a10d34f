import type { DialectCall } from './types.ts'

const json = JSON.stringify

function generation(usage: Readonly<Record<string, number>>, model?: string) {
  return {
    'langfuse.observation.type': 'generation',
    ...(model !== undefined && { 'langfuse.observation.model.name': model }),
    'langfuse.observation.usage_details': json(usage),
  }
}

export const calls: readonly DialectCall[] = [
  {
    attributes: generation(
      {
        input: 40,
        input_cached_tokens: 60,
        input_audio: 7,
        output: 5,
        output_reasoning_tokens: 3,
        total: 115,
      },
      'gpt-4o',
    ),
    reads: {
      role: 'call',
      responseModel: 'gpt-4o',
      usage: {
        inputTokens: 107,
        cacheReadTokens: 60,
        audioInputTokens: 7,
        outputTokens: 8,
        reasoningTokens: 3,
      },
      cachedInput: 'included',
    },
  },
  {
    scope: 'langfuse-sdk',
    attributes: {
      'langfuse.observation.type': 'span',
      'langfuse.observation.model.name': 'o3-mini',
      'langfuse.observation.usage_details': json({
        input: 40,
        output: 5,
        reasoning: 3,
        images: 2,
        total: 48,
      }),
    },
    reads: { role: 'call', usage: { inputTokens: 40, outputTokens: 8, reasoningTokens: 3 } },
  },
  {
    attributes: {
      'langfuse.observation.type': 'GENERATION',
      'langfuse.observation.usage_details': json(json({ input: 40, output: 5 })),
    },
    reads: { role: 'call', usage: { inputTokens: 40, outputTokens: 5 } },
  },
  {
    attributes: { 'langfuse.observation.type': 'span', 'gen_ai.usage.input_tokens': 50 },
    reads: { role: 'step', usage: { inputTokens: 50 } },
  },
  {
    attributes: {
      'langfuse.observation.type': 'generation',
      'langfuse.observation.completion_start_time': '"2026-05-28T20:26:40.250000Z"',
    },
    reads: { role: 'call', timeToFirstChunkSeconds: 0.25 },
  },
  // Writes to the cache are there in one, and by duration, by LangChain's callback.
  {
    attributes: generation({
      input: 11,
      cache_creation_input_tokens: 300,
      cache_creation_ephemeral_5m_input_tokens: 200,
      cache_creation_ephemeral_1h_input_tokens: 100,
      cache_read_input_tokens: 40,
      output: 5,
    }),
    reads: {
      usage: {
        inputTokens: 351,
        cacheReadTokens: 40,
        cacheWriteTokens: 300,
        cacheWrite5mTokens: 200,
        cacheWrite1hTokens: 100,
        outputTokens: 5,
      },
      cachedInput: 'included',
    },
  },
  // Writes to the cache are there by duration only.
  {
    attributes: generation({
      input: 11,
      input_cache_creation: 0,
      input_ephemeral_5m_input_tokens: 0,
      input_ephemeral_1h_input_tokens: 90,
      output: 5,
    }),
    reads: {
      usage: {
        inputTokens: 101,
        cacheWriteTokens: 90,
        cacheWrite5mTokens: 0,
        cacheWrite1hTokens: 90,
        outputTokens: 5,
      },
    },
  },
  // Tokens of the priority tier are not in other buckets.
  {
    attributes: generation({
      input: 50,
      input_priority: 38,
      input_priority_cache_read: 12,
      output: 9,
      output_priority: 6,
      output_priority_reasoning: 3,
    }),
    reads: {
      serviceTier: 'priority',
      usage: { inputTokens: 50, cacheReadTokens: 12, outputTokens: 9, reasoningTokens: 3 },
    },
  },
  // All tokens are in buckets of the tier.
  {
    attributes: generation({
      input: 0,
      input_flex: 38,
      input_flex_cache_read: 12,
      output: 0,
      output_flex: 9,
    }),
    reads: { serviceTier: 'flex', usage: { inputTokens: 50, cacheReadTokens: 12, outputTokens: 9 } },
  },
  // Cached tokens of Gemini are there in one, and by modality.
  {
    attributes: generation({
      input: 0,
      input_modality_TEXT: 21,
      cached_modality_TEXT: 70,
      cached_content_token_count: 70,
      output: 0,
      output_modality_TEXT: 4,
    }),
    reads: { usage: { inputTokens: 91, cacheReadTokens: 70, outputTokens: 4 } },
  },
  {
    // By the total, the other buckets are parts of these two.
    attributes: generation({
      input: 100,
      cache_read_input_tokens: 60,
      output: 20,
      output_reasoning_tokens: 15,
      total: 120,
    }),
    reads: { usage: { inputTokens: 100, cacheReadTokens: 60, outputTokens: 20, reasoningTokens: 15 } },
  },
  {
    // Gemini by LangChain, which leaves out thoughts; the total has them.
    attributes: generation(
      {
        input: 12_804,
        output: 14_992,
        total: 35_436,
        input_cache_read: 1576,
      },
      'gemini-2.5-flash',
    ),
    reads: {
      usage: { inputTokens: 14_380, cacheReadTokens: 1576, outputTokens: 21_056, reasoningTokens: 6064 },
    },
  },
  {
    // Python SDKs to 3.3: a span that was updated as a generation.
    scope: 'langfuse-sdk',
    attributes: { 'langfuse.observation.type': 'span', 'langfuse.observation.model.name': 'gpt-4o' },
    reads: { role: 'call', responseModel: 'gpt-4o' },
  },
  {
    // Claude's by LangChain for JavaScript, which leaves cached tokens out of the input, and Langfuse takes them off again.
    attributes: generation(
      {
        input: 0,
        output: 3516,
        total: 17_702,
        input_cache_creation: 10_406,
        input_cache_read: 14_565,
      },
      'claude-sonnet-4-5',
    ),
    reads: {
      usage: { inputTokens: 39_157, cacheReadTokens: 14_565, cacheWriteTokens: 10_406, outputTokens: 3516 },
    },
  },
  {
    // Claude's by LangChain for Python, to 3.2: writes and their split are both taken off the input.
    attributes: generation(
      {
        input: 500,
        output: 50,
        total: 1550,
        input_cache_creation: 300,
        input_cache_read: 400,
        input_ephemeral_5m_input_tokens: 200,
        input_ephemeral_1h_input_tokens: 100,
      },
      'claude-sonnet-4-20250514',
    ),
    reads: {
      usage: {
        inputTokens: 1500,
        cacheReadTokens: 400,
        cacheWriteTokens: 300,
        cacheWrite5mTokens: 200,
        cacheWrite1hTokens: 100,
        outputTokens: 50,
      },
    },
  },
  {
    // Gemini's by LangChain, which leaves thoughts out of the output, and Langfuse takes them off again.
    attributes: generation(
      {
        input: 630,
        output: 0,
        total: 1170,
        input_cache_read: 300,
        output_reasoning: 200,
      },
      'gemini-2.5-flash',
    ),
    reads: {
      usage: { inputTokens: 930, cacheReadTokens: 300, outputTokens: 240, reasoningTokens: 200 },
    },
  },
  {
    // OpenRouter's usage object and charge, by the wrapper for OpenAI's client.
    name: 'OpenAI-generation',
    attributes: {
      ...generation({ prompt_tokens: 100, completion_tokens: 20, total_tokens: 120 }, 'qwen/qwen3-235b-a22b'),
      'langfuse.observation.cost_details': json({ total: 0.00123 }),
    },
    reads: {
      usage: { inputTokens: 100, outputTokens: 20 },
      declaredCost: { amount: 0.00123, currency: 'USD' },
    },
  },
  {
    // xAI's by the wrapper for OpenAI's client in JavaScript: all details are taken off the totals, though cached tokens are
    // text, and reasoning wasn't in the output.
    attributes: generation(
      {
        input: 0,
        output: 0,
        total: 433,
        input_text_tokens: 113,
        input_cached_tokens: 40,
        output_reasoning_tokens: 300,
      },
      'grok-4',
    ),
    reads: { usage: { inputTokens: 113, cacheReadTokens: 40, outputTokens: 320, reasoningTokens: 300 } },
  },
  {
    // Gemini's own counts, by hand: the total has thoughts beside the output, and no cached tokens beside the input.
    attributes: generation({
      input: 100,
      output: 20,
      total: 127,
      cached_content_token_count: 40,
      thoughts_token_count: 7,
    }),
    reads: { usage: { inputTokens: 100, cacheReadTokens: 40, outputTokens: 27, reasoningTokens: 7 } },
  },
  {
    attributes: {
      'langfuse.observation.type': 'generation',
      'langfuse.observation.model.name': 'text-embedding-3-small',
    },
    reads: { role: 'call', operation: 'embeddings' },
  },
]
