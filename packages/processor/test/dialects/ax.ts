import type { DialectCall } from './types.ts'

const usage = (input: number, output: number, total: number) => ({
  name: 'gen_ai.usage',
  attributes: {
    'gen_ai.usage.input_tokens': input,
    'gen_ai.usage.output_tokens': output,
    'gen_ai.usage.total_tokens': total,
  },
})

const chat = {
  name: 'AI Chat Request',
  attributes: {
    'gen_ai.system': 'OpenAI',
    'gen_ai.operation.name': 'chat',
    'gen_ai.request.model': 'gpt-4.1',
    'gen_ai.request.llm_is_streaming': false,
  },
}

export const calls: readonly DialectCall[] = [
  {
    ...chat,
    events: [
      { name: 'gen_ai.user.message', attributes: { part_count: 1 } },
      usage(1402, 7174, 10_216),
      { name: 'gen_ai.choice', attributes: { finish_reason: 'stop' } },
    ],
    reads: {
      role: 'call',
      provider: 'openai',
      usage: { inputTokens: 3042, cacheReadTokens: 1640, outputTokens: 7174 },
    },
  },
  {
    // Thoughts stand beside the output.
    ...chat,
    attributes: {
      ...chat.attributes,
      'gen_ai.system': 'GoogleGeminiAI',
      'gen_ai.request.model': 'gemini-2.5-flash',
    },
    events: [
      usage(60_888, 0, 60_888),
      {
        name: 'gen_ai.usage',
        attributes: {
          'gen_ai.usage.input_tokens': 59_368,
          'gen_ai.usage.output_tokens': 17_764,
          'gen_ai.usage.thoughts_tokens': 6144,
          'gen_ai.usage.total_tokens': 84_796,
        },
      },
    ],
    reads: {
      provider: 'gcp.gemini',
      usage: { inputTokens: 60_888, cacheReadTokens: 1520, outputTokens: 23_908, reasoningTokens: 6144 },
    },
  },
  {
    // Read from the cache or written to it: nobody tells.
    ...chat,
    attributes: {
      ...chat.attributes,
      'gen_ai.system': 'Anthropic',
      'gen_ai.request.model': 'claude-sonnet-4-5',
    },
    events: [usage(36_144, 1, 88_989), usage(36_144, 10_900, 99_888)],
    reads: { provider: 'anthropic', usage: { inputTokens: 88_988, outputTokens: 10_900 } },
  },
  { ...chat, reads: { role: 'call', usage: {} } },
]
