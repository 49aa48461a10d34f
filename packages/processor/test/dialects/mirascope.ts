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
  {
    scope: 'mirascope.llm',
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.model': 'openai/gpt-4o-mini:completions',
      'gen_ai.response.model': 'openai/gpt-4o-mini:completions',
    },
    reads: { provider: 'openai', requestModel: 'openai/gpt-4o-mini', responseModel: 'openai/gpt-4o-mini' },
  },
  {
    attributes: {
      'mirascope.type': 'response_resume',
      'mirascope.response.model_id': 'openai/gpt-4o-mini',
      'mirascope.ops.session.id': 'session-1',
    },
    reads: { role: 'step', conversationId: 'session-1' },
  },
  {
    attributes: {
      'mirascope.type': 'trace',
      'mirascope.response.provider_id': 'openai',
      'mirascope.response.model_id': 'openai/gpt-4o-mini',
      'mirascope.response.usage': json({ input_tokens: 12, output_tokens: 87, total_tokens: 99 }),
    },
    reads: { role: 'call', provider: 'openai', usage: { inputTokens: 12, outputTokens: 87 } },
  },
  ...[
    {
      model: 'gpt-4o-mini-2024-07-18',
      provider: 'openai',
      response_data: json({
        usage: {
          prompt_tokens: 2000,
          completion_tokens: 50,
          total_tokens: 2050,
          prompt_tokens_details: { cached_tokens: 600 },
        },
      }),
      usage: { inputTokens: 2000, cacheReadTokens: 600, outputTokens: 50 },
    },
    {
      model: 'claude-sonnet-4-20250514',
      provider: 'anthropic',
      response_data: json({
        usage: {
          input_tokens: 800,
          cache_read_input_tokens: 400,
          cache_creation_input_tokens: 300,
          output_tokens: 50,
        },
      }),
      usage: { inputTokens: 1500, cacheReadTokens: 400, cacheWriteTokens: 300, outputTokens: 50 },
    },
    // Of providers whose answer says it otherwise.
    { model: 'command-r', provider: 'cohere', usage: { inputTokens: 12, outputTokens: 5 } },
  ].map(({ usage, provider, model, ...attributes }) => ({
    scope: 'logfire.mirascope',
    name: 'answer',
    attributes: {
      'logfire.span_type': 'span',
      call_params: '{}',
      prompt_template: 'Say {x}',
      output: json({ input_tokens: 12, output_tokens: 5, content: 'x' }),
      model,
      provider,
      ...attributes,
    },
    reads: { role: 'call' as const, operation: 'chat', provider, responseModel: model, usage },
  })),
]
