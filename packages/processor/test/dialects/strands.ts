import type { DialectCall } from './types.ts'

export const calls: readonly DialectCall[] = [
  {
    scope: 'strands.telemetry.tracer',
    attributes: {
      'gen_ai.system': 'strands-agents',
      'gen_ai.operation.name': 'chat',
      'gen_ai.request.model': 'us.anthropic.claude-sonnet-4-20250514-v1:0',
      'gen_ai.usage.input_tokens': 1000,
      'gen_ai.usage.output_tokens': 10,
      'gen_ai.usage.cache_read_input_tokens': 400,
      'gen_ai.usage.cache_write_input_tokens': 0,
      'gen_ai.server.time_to_first_token': 352,
    },
    reads: {
      provider: 'aws.bedrock',
      timeToFirstChunkSeconds: 0.352,
      usage: { inputTokens: 1400, cacheReadTokens: 400, cacheWriteTokens: 0, outputTokens: 10 },
    },
  },
  {
    scope: 'strands.telemetry.tracer',
    attributes: {
      'gen_ai.provider.name': 'strands-agents',
      'gen_ai.operation.name': 'chat',
      'gen_ai.request.model': 'us.anthropic.claude-sonnet-4-20250514-v1:0',
      'gen_ai.usage.input_tokens': 1400,
      'gen_ai.usage.output_tokens': 10,
      'gen_ai.usage.total_tokens': 1410,
      'gen_ai.usage.cache_read.input_tokens': 400,
    },
    reads: { usage: { inputTokens: 1400, cacheReadTokens: 400, outputTokens: 10 }, cachedInput: 'included' },
  },
  {
    // Through LiteLLM.
    scope: 'strands.telemetry.tracer',
    attributes: {
      'gen_ai.system': 'strands-agents',
      'gen_ai.operation.name': 'chat',
      'gen_ai.request.model': 'anthropic/claude-sonnet-4-20250514',
      'gen_ai.usage.input_tokens': 1500,
      'gen_ai.usage.output_tokens': 50,
      'gen_ai.usage.total_tokens': 1550,
      'gen_ai.usage.cache_read_input_tokens': 400,
      'gen_ai.usage.cache_write_input_tokens': 300,
    },
    reads: {
      provider: 'anthropic',
      usage: { inputTokens: 1500, cacheReadTokens: 400, cacheWriteTokens: 300, outputTokens: 50 },
      cachedInput: 'included',
    },
  },
  {
    scope: 'strands.telemetry.tracer',
    name: 'bidi_session assistant',
    attributes: {
      'gen_ai.operation.name': 'bidi_session',
      'gen_ai.system': 'strands-agents',
      'gen_ai.request.model': 'amazon.nova-sonic-v1:0',
      'gen_ai.usage.input_tokens': 300,
      'gen_ai.usage.output_tokens': 125,
      'gen_ai.usage.total_tokens': 425,
    },
    reads: { role: 'call', provider: 'aws.bedrock', usage: { inputTokens: 300, outputTokens: 125 } },
  },
  {
    scope: 'strands.telemetry.tracer',
    name: 'bidi_session assistant',
    attributes: {
      'gen_ai.operation.name': 'bidi_session',
      'gen_ai.system': 'strands-agents',
      'gen_ai.request.model': 'amazon.nova-sonic-v1:0',
    },
    reads: { role: 'step' },
  },
  {
    scope: 'strands.telemetry.tracer',
    attributes: {
      'gen_ai.system': 'strands-agents',
      'gen_ai.operation.name': 'chat',
      'gen_ai.request.model': 'us.anthropic.claude-sonnet-4-20250514-v1:0',
      'gen_ai.usage.input_tokens': 500,
      'gen_ai.usage.output_tokens': 10,
      'gen_ai.usage.total_tokens': 910,
      'gen_ai.usage.cache_read_input_tokens': 400,
      'openinference.span.kind': 'LLM',
      'llm.token_count.prompt': 900,
      'llm.token_count.prompt_details.cache_read': 400,
      'llm.token_count.completion': 10,
      'llm.token_count.total': 910,
    },
    reads: { usage: { inputTokens: 900, cacheReadTokens: 400, outputTokens: 10 }, cachedInput: 'included' },
  },
  {
    // For JavaScript, of a call that wrote to the cache and read nothing.
    scope: 'strands-agents',
    name: 'chat',
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.system': 'strands-agents',
      'gen_ai.request.model': 'us.anthropic.claude-sonnet-4-5-20250929-v1:0',
      'gen_ai.usage.input_tokens': 1300,
      'gen_ai.usage.cache_creation.input_tokens': 1000,
      'gen_ai.usage.cache_write_input_tokens': 1000,
      'gen_ai.usage.output_tokens': 20,
      'gen_ai.usage.total_tokens': 1320,
    },
    reads: {
      role: 'call',
      usage: { inputTokens: 1300, cacheWriteTokens: 1000, outputTokens: 20 },
      cachedInput: 'included',
    },
  },
  {
    // For JavaScript, in a service that has a name.
    scope: 'checkout',
    name: 'chat',
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.system': 'checkout',
      'gen_ai.request.model': 'claude-sonnet-4-5',
      'gen_ai.event.start_time': '2026-11-29T20:06:31.418Z',
      'gen_ai.usage.input_tokens': 46_312,
      'gen_ai.usage.output_tokens': 1005,
      'gen_ai.usage.total_tokens': 47_317,
      'gen_ai.usage.cache_read.input_tokens': 237,
      'gen_ai.usage.cache_creation.input_tokens': 10_986,
    },
    reads: {
      provider: 'anthropic',
      usage: {
        inputTokens: 57_535,
        cacheReadTokens: 237,
        cacheWriteTokens: 10_986,
        outputTokens: 1005,
      },
      cachedInput: 'excluded',
    },
  },
]
