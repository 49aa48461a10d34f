import type { DialectCall } from './types.ts'

export const calls: readonly DialectCall[] = [
  {
    scope: 'pipecat',
    name: 'llm',
    attributes: {
      'gen_ai.provider.name': 'anthropic',
      'gen_ai.request.model': 'claude-sonnet-4-5',
      'gen_ai.operation.name': 'chat',
      'gen_ai.output.type': 'text',
      'metrics.ttfb': 0.4,
      'gen_ai.usage.input_tokens': 1000,
      'gen_ai.usage.output_tokens': 20,
      'gen_ai.usage.cache_read.input_tokens': 300,
      'gen_ai.usage.cache_creation.input_tokens': 50,
    },
    reads: {
      role: 'call',
      provider: 'anthropic',
      usage: { inputTokens: 1350, cacheReadTokens: 300, cacheWriteTokens: 50, outputTokens: 20 },
      cachedInput: 'excluded',
    },
  },
  {
    scope: 'pipecat',
    name: 'llm',
    attributes: {
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.model': 'gpt-4o',
      'gen_ai.operation.name': 'chat',
      'gen_ai.usage.input_tokens': 1000,
      'gen_ai.usage.output_tokens': 20,
      'gen_ai.usage.cache_read.input_tokens': 300,
    },
    reads: { usage: { inputTokens: 1000, cacheReadTokens: 300, outputTokens: 20 }, cachedInput: 'included' },
  },
  {
    scope: 'pipecat',
    name: 'tts',
    attributes: {
      'gen_ai.provider.name': 'elevenlabs',
      'gen_ai.request.model': 'eleven_turbo_v2_5',
      'gen_ai.operation.name': 'tts',
      'metrics.character_count': 70,
    },
    reads: { role: 'call', operation: 'text_to_speech', usage: { characters: 70 } },
  },
]
