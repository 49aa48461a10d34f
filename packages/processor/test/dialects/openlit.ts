import type { DialectCall } from './types.ts'

export const calls: readonly DialectCall[] = [
  {
    scope: 'openlit.otel.tracing',
    attributes: {
      'gen_ai.operation.name': 'image',
      'gen_ai.request.model': 'dall-e-3',
      'gen_ai.request.image_size': '1024x1024',
      'gen_ai.usage.cost': 0.04,
    },
    reads: { role: 'call', provider: 'openai', image: { size: '1024x1024' } },
  },
  {
    scope: 'openlit.otel.tracing',
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.system': 'oci_genai',
      'gen_ai.request.model': 'grok-4',
      'gen_ai.usage.input_tokens': 100,
      'gen_ai.usage.prompt_tokens_details.cached_tokens': 60,
      'gen_ai.usage.output_tokens': 20,
      'gen_ai.usage.completion_tokens_details.reasoning_tokens': 8,
    },
    reads: {
      provider: 'oracle',
      usage: { inputTokens: 100, cacheReadTokens: 60, outputTokens: 20, reasoningTokens: 8 },
    },
  },
  {
    attributes: {
      'telemetry.sdk.name': 'openlit',
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'anthropic',
      'gen_ai.request.model': 'claude-sonnet-4-5',
      'gen_ai.usage.input_tokens': 500,
      'gen_ai.usage.cache_read.input_tokens': 400,
      'gen_ai.usage.cache_creation.input_tokens': 0,
      'gen_ai.usage.output_tokens': 7,
      'gen_ai.client.token.usage': 507,
    },
    reads: {
      usage: { inputTokens: 900, cacheReadTokens: 400, cacheWriteTokens: 0, outputTokens: 7 },
      cachedInput: 'excluded',
    },
  },
  {
    scope: 'openlit.instrumentation.claude_agent_sdk',
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'anthropic',
      'gen_ai.request.model': 'claude-sonnet-4-5',
      'gen_ai.usage.input_tokens': 500,
      'gen_ai.usage.cache_read.input_tokens': 400,
      'gen_ai.usage.output_tokens': 7,
    },
    reads: { usage: { inputTokens: 500, cacheReadTokens: 400, outputTokens: 7 }, cachedInput: 'included' },
  },
  {
    scope: '@openlit/openlit-instrumentation-claude-agent-sdk',
    attributes: {
      'telemetry.sdk.name': 'openlit',
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'anthropic',
      'gen_ai.request.model': 'claude-sonnet-4-5',
      'gen_ai.usage.input_tokens': 500,
      'gen_ai.usage.cache_read.input_tokens': 400,
      'gen_ai.usage.output_tokens': 7,
    },
    reads: { usage: { inputTokens: 500, cacheReadTokens: 400, outputTokens: 7 }, cachedInput: 'included' },
  },
  {
    // Google counts thoughts beside the output, and the total leaves them out, too.
    attributes: {
      'telemetry.sdk.name': 'openlit',
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'gemini',
      'gen_ai.request.model': 'gemini-2.5-flash',
      'gen_ai.usage.input_tokens': 100,
      'gen_ai.usage.output_tokens': 20,
      'gen_ai.usage.reasoning_tokens': 15,
      'gen_ai.client.token.usage': 120,
    },
    reads: {
      provider: 'gcp.gemini',
      usage: { inputTokens: 100, outputTokens: 35, reasoningTokens: 15 },
    },
  },
  {
    // A look at what an input would cost is no chat, and the model is a default.
    name: 'responses.token_count gpt-4o',
    attributes: {
      'telemetry.sdk.name': 'openlit',
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.model': 'gpt-4o',
    },
    reads: { role: 'step' },
  },
  {
    // For JavaScript audio is named a write, and the address is that of OpenAI whatever is called.
    scope: '@openlit/instrumentation-openai',
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.model': 'gpt-4o-audio-preview',
      'server.address': 'api.openai.com',
      'gen_ai.usage.input_tokens': 24_288,
      'gen_ai.usage.output_tokens': 4380,
      'gen_ai.usage.prompt_tokens_details.cache_read': 354,
      'gen_ai.usage.prompt_tokens_details.cache_write': 68,
    },
    reads: {
      usage: {
        inputTokens: 24_288,
        cacheReadTokens: 354,
        cacheWriteTokens: 0,
        audioInputTokens: 68,
        outputTokens: 4380,
      },
    },
  },
  {
    // It couldn't read the answer.
    scope: '@openlit/instrumentation-bedrock',
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'aws.bedrock',
      'gen_ai.request.model': 'us.amazon.nova-lite-v1:0',
      'gen_ai.usage.input_tokens': 0,
      'gen_ai.usage.output_tokens': 0,
      'gen_ai.usage.total_tokens': 0,
      'gen_ai.client.token.usage': 0,
    },
    reads: { role: 'call', usage: {} },
  },
  {
    scope: 'openlit.instrumentation.anthropic',
    attributes: {
      'gen_ai.request.model': 'claude-sonnet-4-5',
      'gen_ai.usage.input_tokens': 100,
      'gen_ai.usage.cache_read.input_tokens': 20,
    },
    reads: { usage: { inputTokens: 120, cacheReadTokens: 20 }, cachedInput: 'excluded' },
  },
  // As a gateway names it, which adds them up.
  {
    scope: 'openlit.instrumentation.openai',
    attributes: {
      'gen_ai.request.model': 'anthropic/claude-sonnet-4.5',
      'gen_ai.usage.input_tokens': 100,
      'gen_ai.usage.cache_read.input_tokens': 20,
    },
    reads: { usage: { inputTokens: 100, cacheReadTokens: 20 }, cachedInput: 'included' },
  },
  // What its hooks in coding agents hear of: a turn with usage, a session that begins, a prompt.
  {
    scope: 'openlit-cli',
    name: 'coding_agent.llm.turn',
    attributes: {
      'coding_agent.client': 'claude-code',
      'gen_ai.conversation.id': 'session-1',
      'gen_ai.operation.name': 'chat',
      'gen_ai.system': 'anthropic',
      'gen_ai.request.model': 'claude-sonnet-4-5',
      'gen_ai.usage.input_tokens': 5000,
      'gen_ai.usage.output_tokens': 100,
      'gen_ai.usage.total_tokens': 5100,
      'gen_ai.usage.cache.read_input_tokens': 3000,
      'gen_ai.usage.cache.creation_input_tokens': 500,
    },
    reads: {
      role: 'call',
      usage: { inputTokens: 5000, cacheReadTokens: 3000, cacheWriteTokens: 500, outputTokens: 100 },
      cachedInput: 'included',
      conversationId: 'session-1',
    },
  },
  {
    scope: 'openlit-cli',
    name: 'coding_agent.session',
    attributes: { 'coding_agent.client': 'cursor', 'gen_ai.request.model': 'gpt-5' },
    reads: { role: 'step', usage: {} },
  },
  {
    scope: 'openlit-cli',
    name: 'coding_agent.llm.turn',
    attributes: {
      'coding_agent.client': 'cursor',
      'coding_agent.llm.turn.kind': 'user_prompt',
      'gen_ai.operation.name': 'chat',
      'gen_ai.request.model': 'gpt-5',
    },
    reads: { role: 'step', usage: {} },
  },
]
