import type { DialectCall } from './types.ts'

export const calls: readonly DialectCall[] = [
  {
    // A stream.
    scope: 'traceai_openai',
    name: 'ChatCompletion',
    attributes: {
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.parameters': '{"model": "gpt-4.1", "stream": true}',
      'gen_ai.span.kind': 'LLM',
      'gen_ai.usage.input_tokens': 69486,
      'gen_ai.usage.output_tokens': 5230,
      'gen_ai.usage.total_tokens': 74716,
    },
    reads: {
      role: 'call',
      provider: 'openai',
      requestModel: 'gpt-4.1',
      usage: { inputTokens: 69486, outputTokens: 5230 },
    },
  },
  {
    scope: 'traceai_openai',
    name: 'CreateEmbeddingResponse',
    attributes: {
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.parameters': '{"encoding_format": "base64"}',
      'embedding.model_name': 'text-embedding-3-small',
      'gen_ai.span.kind': 'EMBEDDING',
      'gen_ai.usage.input_tokens': 2067,
      'gen_ai.usage.total_tokens': 2067,
    },
    reads: { role: 'call', requestModel: 'text-embedding-3-small', usage: { inputTokens: 2067 } },
  },
  {
    scope: 'traceai_anthropic',
    name: 'Messages',
    attributes: {
      'gen_ai.provider.name': 'anthropic',
      'gen_ai.request.parameters': '{"model": "claude-sonnet-4-5", "max_tokens": 10}',
      'gen_ai.request.model': 'claude-sonnet-4-5-20250929',
      'gen_ai.span.kind': 'LLM',
      'gen_ai.usage.input_tokens': 8766,
      'gen_ai.usage.output_tokens': 14486,
      'gen_ai.usage.total_tokens': 23252,
      'output.value': JSON.stringify({
        id: 'msg_8',
        type: 'message',
        usage: {
          cache_creation: { ephemeral_1h_input_tokens: 2020, ephemeral_5m_input_tokens: 8768 },
          cache_creation_input_tokens: 10788,
          cache_read_input_tokens: 9694,
          input_tokens: 8766,
          output_tokens: 14486,
        },
      }),
    },
    reads: {
      role: 'call',
      provider: 'anthropic',
      requestModel: 'claude-sonnet-4-5-20250929',
      usage: {
        inputTokens: 29248,
        cacheReadTokens: 9694,
        cacheWriteTokens: 10788,
        cacheWrite5mTokens: 8768,
        cacheWrite1hTokens: 2020,
        outputTokens: 14486,
      },
      cachedInput: 'excluded',
    },
  },
]
