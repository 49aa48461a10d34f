import type { DialectCall } from './types.ts'

const json = JSON.stringify

export const calls: readonly DialectCall[] = [
  {
    attributes: {
      'langfuse.observation.type': 'generation',
      'langfuse.observation.model.name': 'gpt-4o',
      'langfuse.observation.usage_details': json({
        input: 40,
        input_cached_tokens: 60,
        input_audio: 7,
        output: 5,
        output_reasoning_tokens: 3,
        total: 115,
      }),
    },
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
]
