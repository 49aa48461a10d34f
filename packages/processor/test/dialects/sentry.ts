import type { DialectCall } from './types.ts'

export const calls: readonly DialectCall[] = [
  {
    attributes: {
      'sentry.op': 'gen_ai.chat',
      'gen_ai.request.model': 'gpt-4o',
      'gen_ai.usage.input_tokens': 10,
      'gen_ai.usage.input_tokens.cached': 4,
      'gen_ai.usage.output_tokens': 9,
      'gen_ai.usage.output_tokens.reasoning': 3,
      'gen_ai.response.time_to_first_token': 0.5,
    },
    reads: {
      role: 'call',
      operation: 'chat',
      timeToFirstChunkSeconds: 0.5,
      usage: { inputTokens: 10, cacheReadTokens: 4, outputTokens: 9, reasoningTokens: 3 },
    },
  },
  {
    attributes: {
      'gen_ai.operation.type': 'agent',
      'gen_ai.request.model': 'gpt-4o',
      'gen_ai.usage.input_tokens': 10,
      'gen_ai.usage.input_tokens.cached': 4,
    },
    reads: { role: 'step' },
  },
  {
    attributes: {
      'sentry.op': 'gen_ai.stream_text',
      'gen_ai.request.model': 'gpt-4o',
      'gen_ai.usage.input_tokens': 10,
    },
    reads: { role: 'call' },
  },
  {
    attributes: {
      'sentry.op': 'ai.chat_completions.create.cohere',
      'ai.model_id': 'my-model',
      'ai.prompt_tokens.used': 10,
    },
    reads: {
      role: 'call',
      operation: 'chat',
      provider: 'cohere',
      requestModel: 'my-model',
      usage: { inputTokens: 10 },
    },
  },
  {
    attributes: {
      'sentry.op': 'gen_ai.invoke_agent',
      'gen_ai.operation.name': 'generate_content',
      'gen_ai.request.model': 'gpt-4o',
      'gen_ai.usage.input_tokens': 10,
    },
    reads: { role: 'step', operation: 'generate_content' },
  },
  {
    // Gemini's total has more beside both sides than cached tokens: that it is as many here tells nothing.
    attributes: {
      'sentry.op': 'gen_ai.chat',
      'gen_ai.request.model': 'gemini-2.5-flash',
      'gen_ai.usage.input_tokens': 10,
      'gen_ai.usage.input_tokens.cached': 5,
      'gen_ai.usage.output_tokens': 10,
      'gen_ai.usage.output_tokens.reasoning': 3,
      'gen_ai.usage.total_tokens': 25,
    },
    reads: {
      usage: { inputTokens: 10, cacheReadTokens: 5, outputTokens: 10, reasoningTokens: 3 },
      cachedInput: 'included',
    },
  },
  {
    // No request is made.
    name: 'chat gemini-2.5-flash create',
    attributes: {
      'sentry.op': 'gen_ai.chat',
      'sentry.origin': 'auto.ai.google_genai',
      'gen_ai.system': 'google_genai',
      'gen_ai.request.model': 'gemini-2.5-flash',
    },
    reads: { role: 'step' },
  },
  {
    // LangChain by the SDK for JavaScript, up to 10.74.
    attributes: {
      'sentry.op': 'gen_ai.chat',
      'sentry.origin': 'auto.ai.langchain',
      'gen_ai.system': 'anthropic',
      'gen_ai.request.model': 'claude-sonnet-4-5',
      'gen_ai.response.id': 'msg_1',
      'gen_ai.usage.input_tokens': 140,
      'gen_ai.usage.cache_read_input_tokens': 40,
      'gen_ai.usage.cache_creation_input_tokens': 20,
      'gen_ai.usage.output_tokens': 20,
      'gen_ai.usage.total_tokens': 160,
    },
    reads: {
      usage: { inputTokens: 200, cacheReadTokens: 40, cacheWriteTokens: 20, outputTokens: 20 },
      cachedInput: 'excluded',
    },
  },
  {
    // The SDK for Python, from 2.50 to 2.53.
    attributes: {
      'sentry.op': 'gen_ai.chat',
      'sentry.origin': 'auto.ai.anthropic',
      'gen_ai.request.model': 'claude-sonnet-4-5',
      'gen_ai.usage.input_tokens': 140,
      'gen_ai.usage.input_tokens.cached': 40,
      'gen_ai.usage.input_tokens.cache_write': 20,
      'gen_ai.usage.output_tokens': 20,
      'gen_ai.usage.total_tokens': 160,
    },
    reads: {
      usage: { inputTokens: 200, cacheReadTokens: 40, cacheWriteTokens: 20, outputTokens: 20 },
      cachedInput: 'excluded',
    },
  },
  {
    // Since then, cached tokens are included.
    attributes: {
      'sentry.op': 'gen_ai.chat',
      'sentry.origin': 'auto.ai.anthropic',
      'gen_ai.request.model': 'claude-sonnet-4-5',
      'gen_ai.response.id': 'msg_1',
      'gen_ai.usage.input_tokens': 200,
      'gen_ai.usage.input_tokens.cached': 40,
      'gen_ai.usage.input_tokens.cache_write': 20,
      'gen_ai.usage.output_tokens': 20,
      'gen_ai.usage.total_tokens': 220,
    },
    reads: {
      usage: { inputTokens: 200, cacheReadTokens: 40, cacheWriteTokens: 20, outputTokens: 20 },
      cachedInput: 'included',
    },
  },
  {
    // Claude's by the SDK for JavaScript, up to 10.74: cached tokens are in the total only.
    attributes: {
      'sentry.op': 'gen_ai.messages',
      'sentry.origin': 'auto.ai.anthropic',
      'gen_ai.request.model': 'claude-sonnet-4-5',
      'gen_ai.response.id': 'msg_1',
      'gen_ai.usage.input_tokens': 138,
      'gen_ai.usage.output_tokens': 20,
      'gen_ai.usage.total_tokens': 218,
    },
    reads: { usage: { inputTokens: 198, outputTokens: 20 } },
  },
]
