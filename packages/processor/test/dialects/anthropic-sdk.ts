import type { DialectCall } from './types.ts'

const scope = 'com.anthropic.sdk.typescript'

export const calls: readonly DialectCall[] = [
  {
    // Laminar's span of a call.
    scope: 'lmnr.tracer',
    name: 'anthropic.chat',
    attributes: {
      'lmnr.span.type': 'LLM',
      'gen_ai.system': 'anthropic',
      'gen_ai.request.model': 'claude-sonnet-4-5',
      'anthropic.response.service_tier': 'standard',
      'gen_ai.usage.input_tokens': 5650,
      'gen_ai.usage.cache_read_input_tokens': 1428,
      'gen_ai.usage.cache_creation_input_tokens': 1479,
      'gen_ai.usage.output_tokens': 1069,
    },
    reads: {
      role: 'call',
      serviceTier: 'standard',
      usage: { inputTokens: 5650, cacheReadTokens: 1428, cacheWriteTokens: 1479, outputTokens: 1069 },
    },
  },
  {
    scope,
    name: 'anthropic.messages.create',
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'anthropic',
      'gen_ai.request.model': 'claude-sonnet-4-5',
      'gen_ai.usage.input_tokens': 1000,
      'gen_ai.usage.cache_read.input_tokens': 600,
      'gen_ai.usage.cache_write.input_tokens': 300,
      'anthropic.usage.cache_creation.ephemeral_5m_input_tokens': 100,
      'anthropic.usage.cache_creation.ephemeral_1h_input_tokens': 200,
      'anthropic.response.service_tier': 'priority',
      'gen_ai.usage.output_tokens': 50,
      'http.request.resend_count': 1,
    },
    reads: {
      role: 'call',
      operation: 'chat',
      provider: 'anthropic',
      serviceTier: 'priority',
      attempts: 2,
      usage: {
        inputTokens: 1000,
        cacheReadTokens: 600,
        cacheWriteTokens: 300,
        cacheWrite5mTokens: 100,
        cacheWrite1hTokens: 200,
        outputTokens: 50,
      },
      cachedInput: 'included',
    },
  },
  {
    // Making the conversation shorter is billed beside the answer.
    scope,
    name: 'anthropic.messages.create',
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.request.model': 'claude-sonnet-4-5',
      'gen_ai.usage.input_tokens': 1000,
      'gen_ai.usage.output_tokens': 50,
      'anthropic.usage.compaction.input_tokens': 9000,
      'anthropic.usage.compaction.output_tokens': 400,
    },
    reads: { role: 'call', usage: { inputTokens: 10_000, outputTokens: 450 } },
  },
  {
    // The API's own span of it.
    scope: 'com.anthropic.claude-platform',
    name: 'anthropic.messages.create',
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'anthropic',
      'gen_ai.response.model': 'claude-sonnet-4-5-20250929',
      'gen_ai.usage.input_tokens': 1000,
      'gen_ai.usage.cache_read.input_tokens': 600,
      'gen_ai.usage.output_tokens': 50,
      'anthropic.usage.compaction.input_tokens': 9000,
      'anthropic.usage.compaction.output_tokens': 400,
    },
    reads: { role: 'call', usage: { inputTokens: 10_000, cacheReadTokens: 600, outputTokens: 450 } },
  },
  {
    scope: 'com.anthropic.claude-platform',
    name: 'anthropic.messages.count_tokens',
    attributes: { 'gen_ai.provider.name': 'anthropic', 'gen_ai.request.model': 'claude-sonnet-4-5' },
    reads: { role: 'step' },
  },
  {
    scope,
    name: 'anthropic.messages.count_tokens',
    attributes: {
      'gen_ai.provider.name': 'anthropic',
      'gen_ai.request.model': 'claude-sonnet-4-5',
      'anthropic.message.count_tokens.input_tokens': 1000,
    },
    reads: { role: 'step', usage: {} },
  },
  {
    scope,
    name: 'anthropic.messages.tool_runner',
    attributes: { 'gen_ai.operation.name': 'invoke_agent', 'gen_ai.request.model': 'claude-sonnet-4-5' },
    reads: { role: 'step' },
  },
]
