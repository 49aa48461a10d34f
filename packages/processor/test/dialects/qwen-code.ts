import type { DialectCall } from './types.ts'

const request = {
  'llm_request.context': 'interaction',
  'gen_ai.operation.name': 'chat',
  'gen_ai.usage.input_tokens': 37009,
  'gen_ai.usage.output_tokens': 1404,
  'gen_ai.usage.cache_read.input_tokens': 769,
  thoughts_token_count: 348,
}

export const calls: readonly DialectCall[] = [
  {
    scope: 'qwen-code',
    name: 'qwen-code.llm_request',
    attributes: {
      ...request,
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.model': 'qwen3-coder-plus',
    },
    reads: {
      role: 'call',
      usage: { inputTokens: 37009, cacheReadTokens: 769, outputTokens: 1404, reasoningTokens: 348 },
    },
  },
  {
    scope: 'qwen-code',
    name: 'qwen-code.llm_request',
    attributes: {
      ...request,
      'gen_ai.provider.name': 'gcp.gemini',
      'gen_ai.request.model': 'gemini-2.5-flash',
    },
    reads: {
      role: 'call',
      provider: 'gcp.gemini',
      usage: { inputTokens: 37009, cacheReadTokens: 769, outputTokens: 1752, reasoningTokens: 348 },
    },
  },
  {
    scope: 'qwen-code',
    name: 'qwen-code.interaction',
    attributes: { 'gen_ai.operation.name': 'invoke_agent', 'gen_ai.agent.name': 'qwen-code' },
    reads: { role: 'step', usage: {} },
  },
]
