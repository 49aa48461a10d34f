import type { DialectCall } from './types.ts'

export const calls: readonly DialectCall[] = [
  {
    scope: 'crewai',
    name: 'call llm',
    attributes: {
      'crewai.llm.call_id': '72a3b75b',
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'anthropic',
      'gen_ai.request.model': 'claude-sonnet-4-5',
      'gen_ai.conversation.id': 'conv-9',
      'gen_ai.usage.input_tokens': 1000,
      'gen_ai.usage.cache_read.input_tokens': 300,
      'gen_ai.usage.cache_creation.input_tokens': 50,
      'gen_ai.usage.output_tokens': 20,
    },
    reads: {
      role: 'call',
      provider: 'anthropic',
      usage: { inputTokens: 1000, cacheReadTokens: 300, cacheWriteTokens: 50, outputTokens: 20 },
      cachedInput: 'included',
      conversationId: 'conv-9',
    },
  },
  {
    // Of Gemini it doesn't find the input.
    scope: 'crewai',
    name: 'call llm',
    attributes: {
      'crewai.llm.call_id': 'ddfc671c',
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'gemini',
      'gen_ai.request.model': 'gemini-2.5-flash',
      'gen_ai.usage.input_tokens': 0,
      'gen_ai.usage.cache_read.input_tokens': 300,
      'gen_ai.usage.output_tokens': 200,
      'gen_ai.usage.reasoning_tokens': 150,
    },
    reads: {
      role: 'call',
      provider: 'gcp.gemini',
      usage: { cacheReadTokens: 300, outputTokens: 200, reasoningTokens: 150 },
    },
  },
]
