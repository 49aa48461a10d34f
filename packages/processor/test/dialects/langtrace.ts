import type { DialectCall } from './types.ts'

function ofCohere(path: string) {
  return { 'url.full': 'https://api.cohere.ai', 'url.path': path }
}

export const calls: readonly DialectCall[] = [
  {
    attributes: {
      'langtrace.service.name': 'OpenAI',
      'llm.model': 'gpt-4o',
      'llm.token.counts': JSON.stringify({ input_tokens: 10, output_tokens: 3, total_tokens: 13 }),
    },
    reads: {
      role: 'call',
      provider: 'openai',
      requestModel: 'gpt-4o',
      usage: { inputTokens: 10, outputTokens: 3 },
    },
  },
  {
    scope: 'litellm',
    attributes: {
      'gen_ai.operation.name': 'chat',
      'langtrace.service.name': 'anthropic',
      'llm.model': 'claude-sonnet-4-5',
      'llm.token.counts.prompt': 10,
      'llm.token.counts.completion': 3,
      'llm.token.counts.total': 13,
    },
    reads: {
      role: 'call',
      provider: 'anthropic',
      requestModel: 'claude-sonnet-4-5',
      usage: { inputTokens: 10, outputTokens: 3 },
    },
  },
  // Releases 5 and 6 for JavaScript: what each call asked of whom, and whether its sides are the wrong way round.
  ...(
    [
      ['anthropic', 'claude-sonnet-4-5', {}, 'anthropic', 'swapped'],
      ['cohere', 'command-r-plus', ofCohere('/v1/chat'), 'cohere', 'swapped'],
      ['my app', 'command-r-plus', ofCohere('/v2/chat'), 'cohere', 'right'],
      ['openai', 'gpt-4.1', { 'gen_ai.request.stream': true }, 'openai', 'swapped'],
      ['openai', 'gpt-4.1', { 'gen_ai.request.stream': false }, 'openai', 'right'],
      ['groq', 'llama-3.3-70b-versatile', { 'gen_ai.request.stream': true }, 'groq', 'right'],
      ['ai', 'gpt-4.1', { 'gen_ai.request.stream': true }, 'openai', 'right'],
      ['azure', 'gpt-4.1', {}, 'azure.ai.openai', 'right'],
      ['anthropic', 'claude-sonnet-4-5', { 'langtrace.version': '7.0.0' }, 'anthropic', 'right'],
    ] as const
  ).map(([service, model, more, provider, sides]) => ({
    scope: '@langtrase/typescript-sdk',
    attributes: {
      'gen_ai.operation.name': 'chat',
      'langtrace.service.name': service,
      'langtrace.version': '6.3.7',
      'gen_ai.request.model': model,
      'gen_ai.usage.input_tokens': sides === 'swapped' ? 20 : 700,
      'gen_ai.usage.output_tokens': sides === 'swapped' ? 700 : 20,
      'gen_ai.usage.total_tokens': 720,
      ...more,
    },
    reads: { role: 'call' as const, provider, usage: { inputTokens: 700, outputTokens: 20 } },
  })),
  {
    scope: '@langtrase/typescript-sdk',
    attributes: {
      'gen_ai.operation.name': 'embed',
      'langtrace.service.name': 'cohere',
      'langtrace.version': '6.3.7',
      'gen_ai.request.model': 'embed-english-v3.0',
      'gen_ai.usage.output_tokens': 541,
      'gen_ai.usage.total_tokens': 541,
      ...ofCohere('/v2/embed'),
    },
    reads: { role: 'call', provider: 'cohere', usage: { inputTokens: 541, outputTokens: 0 } },
  },
  {
    scope: '@langtrase/typescript-sdk',
    attributes: {
      'gen_ai.operation.name': 'chat',
      'langtrace.service.name': 'openai',
      'gen_ai.request.model': 'openai/gpt-4.1',
      'url.full': 'https://openrouter.ai/api/v1',
    },
    reads: { host: 'openrouter.ai' },
  },
]
