import type { DialectCall } from './types.ts'

const scope = 'opentelemetry.instrumentation.ag2'
const counts = {
  'ag2.span.type': 'usage',
  'ag2.usage.kind': 'model_call',
  'gen_ai.usage.input_tokens': 500,
  'gen_ai.usage.output_tokens': 40,
}

export const calls: readonly DialectCall[] = [
  {
    scope,
    name: 'chat claude-haiku-4-5',
    attributes: {
      'ag2.span.type': 'llm',
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'anthropic',
      'gen_ai.request.model': 'claude-haiku-4-5',
      'gen_ai.usage.input_tokens': 500,
      'gen_ai.usage.cache_read_input_tokens': 100,
      'gen_ai.usage.output_tokens': 40,
    },
    reads: { role: 'call', usage: { inputTokens: 600, cacheReadTokens: 100, outputTokens: 40 } },
  },
  // The same call for the second time, and a turn of a conversation by voice, which is told of here alone.
  {
    scope,
    name: 'record_usage model_call',
    attributes: { 'gen_ai.response.model': 'claude-haiku-4-5', ...counts },
    reads: { role: 'step' },
  },
  {
    scope,
    name: 'record_usage model_call',
    attributes: { 'gen_ai.response.model': 'gpt-realtime', ...counts },
    reads: { role: 'call' },
  },
  {
    // What is spent beside the calls, on making a conversation shorter.
    scope,
    name: 'record_usage compaction',
    attributes: {
      ...counts,
      'ag2.usage.kind': 'compaction',
      'gen_ai.provider.name': 'anthropic',
      'gen_ai.response.model': 'claude-haiku-4-5',
    },
    reads: { role: 'call', usage: { inputTokens: 500, outputTokens: 40 } },
  },
  {
    // What Google counts has thoughts beside the output.
    scope,
    name: 'chat gemini-2.5-flash',
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'google',
      'gen_ai.request.model': 'gemini-2.5-flash',
      'gen_ai.usage.input_tokens': 500,
      'gen_ai.usage.output_tokens': 40,
      'gen_ai.usage.thinking_tokens': 30,
    },
    reads: { usage: { inputTokens: 500, outputTokens: 70, reasoningTokens: 30 } },
  },
]
