import type { DialectCall } from './types.ts'

const json = JSON.stringify

/** As the scope of OpenAI's has it, but for its usage. */
const streamed = {
  scope: 'logfire.openai',
  attributes: {
    'logfire.msg': 'Chat Completion',
    'gen_ai.operation.name': 'chat',
    'gen_ai.request.model': 'gpt-4.1',
  },
}

export const calls: readonly DialectCall[] = [
  // Of a stream there is a span of its request, and a log at its end, which has the usage, if anything has.
  {
    ...streamed,
    attributes: { ...streamed.attributes, 'logfire.span_type': 'span' },
    reads: { role: 'step' },
  },
  {
    ...streamed,
    attributes: { ...streamed.attributes, 'logfire.span_type': 'log' },
    reads: { role: 'call' },
  },
  {
    ...streamed,
    attributes: { ...streamed.attributes, 'logfire.span_type': 'pending_span' },
    reads: { role: 'step' },
  },
  // What was not streamed has no log: `with_streaming_response`. Later versions don't tell the two apart.
  ...[
    { request: { messages: [], stream: true }, role: 'step' as const },
    { request: { messages: [] }, role: 'call' as const },
    { request: {}, role: 'step' as const },
  ].map(({ request, role }) => ({
    ...streamed,
    attributes: {
      ...streamed.attributes,
      'logfire.span_type': 'span',
      request_data: json({ model: 'gpt-4.1', ...request }),
    },
    reads: { role, usage: {} },
  })),
  {
    scope: 'logfire.openai_agents',
    attributes: {
      'logfire.span_type': 'span',
      'gen_ai.system': 'openai',
      'gen_ai.request.model': 'gpt-4.1',
      'gen_ai.usage.input_tokens': 0,
      'gen_ai.usage.output_tokens': 0,
      usage: json({ requests: 1, input_tokens: 0, output_tokens: 0, total_tokens: 0 }),
    },
    reads: { role: 'call', usage: {} },
  },
  {
    scope: 'logfire.openai_agents',
    attributes: {
      'logfire.span_type': 'span',
      'gen_ai.operation.name': 'chat',
      'gen_ai.system': 'openai',
      'gen_ai.response.model': 'gpt-4.1',
      'gen_ai.usage.input_tokens': 700,
      'gen_ai.usage.output_tokens': 20,
      response_id: 'resp_1',
      response: json({
        id: 'resp_1',
        usage: {
          input_tokens: 700,
          input_tokens_details: { cached_tokens: 512 },
          output_tokens: 20,
          output_tokens_details: { reasoning_tokens: 8 },
          total_tokens: 720,
        },
      }),
    },
    reads: {
      role: 'call',
      provider: 'openai',
      usage: { inputTokens: 700, cacheReadTokens: 512, outputTokens: 20, reasoningTokens: 8 },
      cachedInput: 'included',
    },
  },
  // Asking for an answer that isn't there yet, and counting tokens.
  ...['/responses/resp_1', '/v1/messages/count_tokens'].map((url) => ({
    scope: 'logfire.openai',
    attributes: {
      'logfire.msg': 'OpenAI API call',
      'logfire.span_type': 'span',
      'gen_ai.response.model': 'gpt-5',
      url,
    },
    reads: { role: 'step' as const },
  })),
  {
    attributes: {
      'logfire.msg': 'Message',
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'anthropic',
      'gen_ai.request.model': 'claude-sonnet-4-5',
      'gen_ai.usage.raw': json({
        input_tokens: 5,
        cache_read_input_tokens: 20,
        cache_creation_input_tokens: 0,
        output_tokens: 2,
        service_tier: 'standard',
        inference_geo: 'us',
        server_tool_use: { web_search_requests: 2, web_fetch_requests: 0 },
      }),
    },
    reads: {
      serviceTier: 'standard',
      inferenceGeo: 'us',
      tools: { web_search: 2 },
      usage: { inputTokens: 25, cacheReadTokens: 20, cacheWriteTokens: 0, outputTokens: 2 },
      cachedInput: 'excluded',
    },
  },
  {
    scope: 'pydantic-ai',
    attributes: {
      'gen_ai.operation.name': 'invoke_agent',
      'gen_ai.agent.name': 'helper',
      'gen_ai.aggregated_usage.input_tokens': 50,
      'gen_ai.aggregated_usage.output_tokens': 2,
    },
    reads: { role: 'step', agentName: 'helper', usage: { inputTokens: 50, outputTokens: 2 } },
  },
  {
    scope: 'pydantic-ai',
    name: 'agent run',
    attributes: {
      model_name: 'gpt-4o',
      agent_name: 'helper',
      all_messages_events: '[]',
      'gen_ai.usage.input_tokens': 50,
    },
    reads: { role: 'step', agentName: 'helper', usage: { inputTokens: 50 } },
  },
  {
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'anthropic',
      'gen_ai.request.model': 'claude-sonnet-4-5',
      'gen_ai.usage.input_tokens': 500,
      'gen_ai.usage.output_tokens': 7,
      'gen_ai.usage.raw': json({ input_tokens: 500, cache_read_input_tokens: 400, output_tokens: 7 }),
    },
    reads: { usage: { inputTokens: 900, cacheReadTokens: 400, outputTokens: 7 }, cachedInput: 'excluded' },
  },
  {
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'anthropic',
      'gen_ai.request.model': 'claude-sonnet-4-5',
      'gen_ai.usage.input_tokens': 5,
      'gen_ai.usage.output_tokens': 700,
      'gen_ai.usage.details.thinking_tokens': 662,
    },
    reads: { usage: { inputTokens: 5, outputTokens: 700, reasoningTokens: 662 } },
  },
  {
    scope: 'pydantic-ai',
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.request.model': 'claude-sonnet-4-5',
      'gen_ai.usage.details.input_tokens': 500,
      'gen_ai.usage.details.cache_read_input_tokens': 400,
      'gen_ai.usage.details.output_tokens': 7,
    },
    reads: { usage: { inputTokens: 900, cacheReadTokens: 400, outputTokens: 7 }, cachedInput: 'excluded' },
  },
  {
    // Writes that last an hour cost more than others.
    scope: 'pydantic-ai',
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'anthropic',
      'gen_ai.request.model': 'claude-sonnet-4-5',
      'gen_ai.usage.input_tokens': 1000,
      'gen_ai.usage.cache_creation.input_tokens': 300,
      'gen_ai.usage.details.cache_creation_input_tokens': 300,
      'gen_ai.usage.details.ephemeral_1h_input_tokens': 200,
      'gen_ai.usage.output_tokens': 7,
    },
    reads: {
      usage: { inputTokens: 1000, cacheWriteTokens: 300, cacheWrite1hTokens: 200, outputTokens: 7 },
    },
  },
  {
    scope: 'logfire.claude_agent_sdk',
    name: 'invoke_agent',
    attributes: {
      'logfire.span_type': 'span',
      'gen_ai.operation.name': 'invoke_agent',
      'gen_ai.provider.name': 'anthropic',
      'gen_ai.request.model': 'claude-sonnet-4-5',
      'gen_ai.usage.input_tokens': 900,
      'gen_ai.usage.cache_read.input_tokens': 700,
      'gen_ai.usage.output_tokens': 60,
      num_turns: 2,
    },
    reads: {
      role: 'call',
      sumsUp: 'com.anthropic.claude_code.tracing',
      usage: { inputTokens: 900, cacheReadTokens: 700, outputTokens: 60 },
      cachedInput: 'included',
    },
  },
  {
    scope: 'logfire.claude_agent_sdk',
    name: 'chat claude-sonnet-4-5',
    attributes: {
      'logfire.span_type': 'span',
      'gen_ai.operation.name': 'chat',
      'gen_ai.request.model': 'claude-sonnet-4-5',
      'gen_ai.usage.partial.input_tokens': 450,
      'gen_ai.usage.partial.output_tokens': 1,
    },
    reads: { role: 'step' },
  },
  {
    scope: 'openinference.instrumentation.langchain',
    name: 'ChatOpenAI',
    attributes: {
      'logfire.msg': 'ChatOpenAI',
      'openinference.span.kind': 'LLM',
      'gen_ai.request.model': 'gpt-4o',
      'llm.token_count.prompt': 9,
      all_messages_events: '[]',
    },
    reads: { role: 'call', usage: { inputTokens: 9 } },
  },
  {
    name: 'streaming response',
    attributes: {
      'logfire.span_type': 'log',
      'gen_ai.operation.name': 'chat',
      'gen_ai.request.model': 'gpt-4o',
    },
    reads: { role: 'step' },
  },
  {
    name: 'streaming response',
    attributes: {
      'logfire.span_type': 'log',
      'gen_ai.operation.name': 'chat',
      'gen_ai.request.model': 'gpt-4o',
      'gen_ai.usage.input_tokens': 9,
    },
    reads: { role: 'call', usage: { inputTokens: 9 } },
  },
  {
    // Before the conventions' names: OpenAI's to 3.0, Anthropic's to 4.20.
    scope: 'logfire.anthropic',
    name: 'Message with {request_data[model]!r}',
    attributes: {
      'logfire.span_type': 'span',
      request_data: JSON.stringify({ model: 'claude-sonnet-4-5', max_tokens: 100 }),
      response_data: JSON.stringify({
        message: { role: 'assistant', content: 'Seven' },
        usage: { input_tokens: 20, cache_read_input_tokens: 700, output_tokens: 4 },
      }),
    },
    reads: {
      role: 'call',
      provider: 'anthropic',
      requestModel: 'claude-sonnet-4-5',
      usage: { inputTokens: 720, cacheReadTokens: 700, outputTokens: 4 },
      cachedInput: 'excluded',
    },
  },
  {
    scope: 'logfire.openai',
    name: 'streaming response from {request_data[model]!r} took {duration:.2f}s',
    attributes: {
      'logfire.span_type': 'log',
      request_data: JSON.stringify({ model: 'gpt-4o', stream: true }),
      response_data: JSON.stringify({ combined_chunk_content: 'Seven', chunk_count: 1 }),
    },
    reads: { role: 'step' },
  },
  {
    name: 'OpenAI API call to {url!r}',
    attributes: {
      'logfire.span_type': 'span',
      url: '/assistants',
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.model': 'gpt-4o',
    },
    reads: { role: 'step', provider: 'openai' },
  },
  {
    // A stream before operations were named: its log has the usage.
    scope: 'logfire.openai',
    attributes: {
      'logfire.span_type': 'span',
      'gen_ai.system': 'openai',
      'gen_ai.request.model': 'gpt-4.1',
      request_data: json({ model: 'gpt-4.1', stream: true, stream_options: { include_usage: true } }),
    },
    reads: { role: 'step' },
  },
  {
    // Of OpenAI's, by Pydantic AI 1.60 beside genai-prices 0.2.
    scope: 'pydantic-ai',
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.request.model': 'gpt-4o-mini',
      'gen_ai.usage.details.reasoning_tokens': 20,
      'operation.cost': 0,
    },
    reads: { role: 'call', usage: {} },
  },
  // Of Gemini, by the first versions of Pydantic AI, and where the totals are missing.
  ...[{ 'gen_ai.usage.input_tokens': 660, 'gen_ai.usage.output_tokens': 60 }, {}].map((totals) => ({
    scope: 'pydantic-ai',
    attributes: {
      ...totals,
      'gen_ai.usage.details.cached_content_tokens': 179,
      'gen_ai.usage.details.thoughts_tokens': 30,
      'gen_ai.usage.details.text_prompt_tokens': 600,
      'gen_ai.usage.details.audio_prompt_tokens': 60,
      'gen_ai.usage.details.text_cache_tokens': 179,
      'gen_ai.usage.details.text_candidates_tokens': 48,
      'gen_ai.usage.details.image_candidates_tokens': 12,
    },
    reads: {
      usage: {
        inputTokens: 660,
        audioInputTokens: 60,
        cacheReadTokens: 179,
        outputTokens: 90,
        imageOutputTokens: 12,
        reasoningTokens: 30,
      },
      cachedInput: 'included' as const,
    },
  })),
  {
    scope: 'pydantic-ai',
    attributes: {
      'gen_ai.usage.output_tokens': 90,
      'gen_ai.usage.details.thoughts_tokens': 30,
      'gen_ai.usage.details.text_candidates_tokens': 60,
    },
    reads: { usage: { outputTokens: 90, reasoningTokens: 30 } },
  },
  // And by those that copy Google's own names.
  {
    scope: 'pydantic-ai',
    attributes: {
      'gen_ai.usage.input_tokens': 660,
      'gen_ai.usage.output_tokens': 60,
      'gen_ai.usage.details.cached_content_token_count': 179,
      'gen_ai.usage.details.thoughts_token_count': 30,
    },
    reads: {
      usage: { inputTokens: 660, cacheReadTokens: 179, outputTokens: 90, reasoningTokens: 30 },
      cachedInput: 'included',
    },
  },
  {
    scope: 'pydantic-ai',
    attributes: {
      'gen_ai.usage.input_tokens': 660,
      'gen_ai.usage.details.audio_tokens': 60,
      'gen_ai.usage.details.cached_tokens': 0,
    },
    reads: { usage: { inputTokens: 660, cacheReadTokens: 0, audioInputTokens: 60 } },
  },
  {
    scope: 'pydantic-ai',
    attributes: {
      'gen_ai.usage.output_tokens': 660,
      'gen_ai.usage.details.audio_tokens': 68,
      'gen_ai.usage.details.input_audio_tokens': 60,
    },
    reads: { usage: { audioInputTokens: 60, outputTokens: 660, audioOutputTokens: 68 } },
  },
  // By itself it doesn't say of which side it is.
  {
    scope: 'pydantic-ai',
    attributes: { 'gen_ai.usage.input_tokens': 660, 'gen_ai.usage.details.audio_tokens': 60 },
    reads: { usage: { inputTokens: 660 } },
  },
]
