import type { DialectCall } from './types.ts'

export const calls: readonly DialectCall[] = [
  {
    // xAI's thoughts are in the total alone.
    scope: '@traceloop/instrumentation-openai',
    attributes: {
      'llm.request.type': 'chat',
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.model': 'grok-4',
      'gen_ai.usage.input_tokens': 100,
      'gen_ai.usage.output_tokens': 20,
      'llm.usage.total_tokens': 135,
    },
    reads: { provider: 'x_ai', usage: { inputTokens: 100, outputTokens: 35, reasoningTokens: 15 } },
  },
  {
    attributes: {
      'llm.request.type': 'completion',
      'llm.vendor': 'AWS',
      'llm.request.model': 'anthropic.claude-v2',
      'llm.usage.prompt_tokens': 5,
      'llm.usage.completion_tokens': 7,
      'traceloop.association.properties.chat_id': 'chat-17',
    },
    reads: {
      role: 'call',
      conversationId: 'chat-17',
      operation: 'text_completion',
      provider: 'aws.bedrock',
      requestModel: 'anthropic.claude-v2',
      usage: { inputTokens: 5, outputTokens: 7 },
    },
  },
  {
    scope: 'opentelemetry.instrumentation.bedrock',
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'aws.bedrock',
      'gen_ai.request.model': 'claude-sonnet-4-5-20250929-v1:0',
      'gen_ai.usage.input_tokens': 500,
      'gen_ai.usage.cache_read.input_tokens': 400,
      'gen_ai.usage.output_tokens': 10,
      'gen_ai.usage.total_tokens': 510,
    },
    reads: { usage: { inputTokens: 900, cacheReadTokens: 400, outputTokens: 10 }, cachedInput: 'excluded' },
  },
  {
    attributes: {
      'gen_ai.system': 'Google',
      'llm.request.type': 'chat',
      'gen_ai.request.model': 'gemini-2.5-flash',
      'gen_ai.usage.prompt_tokens': 10,
      'gen_ai.usage.completion_tokens': 5,
      'llm.usage.total_tokens': 115,
    },
    reads: { usage: { inputTokens: 10, outputTokens: 105, reasoningTokens: 100 } },
  },
  {
    attributes: {
      'traceloop.span.kind': 'workflow',
      'traceloop.workflow.name': 'support',
      'gen_ai.usage.input_tokens': 9,
    },
    reads: { role: 'step', workflowName: 'support' },
  },
  {
    attributes: {
      'llm.request.type': 'chat',
      'llm.request.model': 'gpt-4o',
      'llm.usage.prompt_tokens': 100,
      'llm.usage.cached_tokens': 60,
      'llm.usage.total_tokens': 130,
    },
    reads: { usage: { inputTokens: 100, cacheReadTokens: 60 } },
  },
  {
    scope: 'opentelemetry.instrumentation.llamaindex',
    name: 'Anthropic.task',
    attributes: {
      'traceloop.span.kind': 'task',
      'traceloop.entity.name': 'Anthropic.task',
      'gen_ai.request.model': 'claude-sonnet-4-5',
      'gen_ai.usage.input_tokens': 10,
      'gen_ai.usage.output_tokens': 5,
      'llm.usage.total_tokens': 15,
    },
    reads: { role: 'call', usage: { inputTokens: 10, outputTokens: 5 } },
  },
  {
    // OpenAI's Responses, whose requested model isn't stated.
    scope: 'opentelemetry.instrumentation.llamaindex',
    name: 'OpenAIResponses.workflow',
    attributes: {
      'traceloop.span.kind': 'workflow',
      'gen_ai.operation.name': 'chat',
      'gen_ai.response.model': 'gpt-4.1',
      'gen_ai.usage.input_tokens': 10,
      'gen_ai.usage.output_tokens': 5,
    },
    reads: { role: 'call', responseModel: 'gpt-4.1', usage: { inputTokens: 10, outputTokens: 5 } },
  },
  {
    scope: 'opentelemetry.instrumentation.llamaindex',
    name: 'SentenceSplitter.task',
    attributes: { 'traceloop.span.kind': 'task' },
    reads: { role: 'step' },
  },
  // watsonx: a model that is set up, which nobody bills.
  {
    scope: 'opentelemetry.instrumentation.watsonx',
    name: 'watsonx.model_init',
    attributes: { 'gen_ai.system': 'Watsonx', 'llm.request.type': 'completion' },
    reads: { role: 'step', provider: 'ibm.watsonx.ai' },
  },
  {
    scope: 'opentelemetry.instrumentation.openai.v1',
    name: 'openai.session',
    attributes: { 'gen_ai.operation.name': 'chat', 'gen_ai.request.model': 'gpt-realtime' },
    reads: { role: 'step', requestModel: 'gpt-realtime' },
  },
  {
    scope: 'opentelemetry.instrumentation.openai.v1',
    name: 'openai.realtime',
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.request.model': 'gpt-realtime',
      'gen_ai.usage.input_tokens': 31,
      'gen_ai.usage.output_tokens': 12,
    },
    reads: { role: 'call', usage: { inputTokens: 31, outputTokens: 12 } },
  },
  {
    attributes: {
      'gen_ai.system': 'Cohere',
      'llm.request.type': 'rerank',
      'gen_ai.request.model': 'rerank-v3.5',
      'llm.usage.total_tokens': 1,
    },
    reads: { role: 'call', operation: 'rerank', provider: 'cohere', usage: { searchUnits: 1 } },
  },
  {
    scope: '@traceloop/instrumentation-bedrock',
    attributes: {
      'gen_ai.system': 'us',
      'gen_ai.request.model': 'amazon',
      'llm.request.type': 'completion',
      'gen_ai.usage.prompt_tokens': 5,
    },
    reads: { role: 'call', provider: 'aws.bedrock', usage: { inputTokens: 5 } },
  },
  {
    scope: 'opentelemetry.instrumentation.openai_agents',
    attributes: {
      'traceloop.span.kind': 'agent',
      'gen_ai.agent.name': 'planner',
      'openai.agent.model': 'gpt-4.1',
      'gen_ai.usage.prompt_tokens': 31,
      'gen_ai.usage.completion_tokens': 12,
    },
    reads: {
      role: 'call',
      provider: 'openai',
      requestModel: 'gpt-4.1',
      agentName: 'planner',
      usage: { inputTokens: 31, outputTokens: 12 },
    },
  },
  {
    scope: 'opentelemetry.instrumentation.openai_agents',
    attributes: {
      'traceloop.span.kind': 'agent',
      'gen_ai.agent.name': 'planner',
      'gen_ai.request.model': 'gpt-4.1',
    },
    reads: { role: 'step' },
  },
  // LangChain's calls, by versions that state LangChain as the provider.
  ...[
    ['AzureChatOpenAI.chat', 'gpt-4.1', 'azure.ai.openai'],
    ['ChatVertexAI.chat', 'gemini-2.0-flash', 'gcp.vertex_ai'],
    ['ChatBedrockConverse.chat', 'unknown', 'aws.bedrock'],
    ['OpenAI.completion', 'gpt-3.5-turbo-instruct', 'openai'],
    ['ChatOfTheHouse.chat', 'gpt-4.1', 'openai'],
  ].map(([name, model, provider]) => ({
    scope: 'opentelemetry.instrumentation.langchain',
    name: name!,
    attributes: {
      'gen_ai.system': 'Langchain',
      'llm.request.type': 'chat',
      'gen_ai.request.model': model!,
      'gen_ai.usage.prompt_tokens': 31,
    },
    reads: { role: 'call' as const, provider: provider!, usage: { inputTokens: 31 } },
  })),
  {
    scope: 'opentelemetry.instrumentation.vertexai',
    attributes: {
      'gen_ai.system': 'Google',
      'llm.request.type': 'completion',
      'gen_ai.request.model': 'gemini-2.0-flash',
      'gen_ai.usage.input_tokens': 31,
      'gen_ai.usage.output_tokens': 12,
    },
    reads: { role: 'call', provider: 'gcp.vertex_ai', usage: { inputTokens: 31, outputTokens: 12 } },
  },
  {
    scope: 'opentelemetry.instrumentation.sagemaker',
    attributes: { 'gen_ai.request.model': 'my-endpoint' },
    reads: { role: 'call', provider: 'aws.sagemaker', requestModel: 'my-endpoint' },
  },
  {
    // A stream that was not yet opened when the span ended.
    scope: 'opentelemetry.instrumentation.anthropic',
    attributes: {
      'gen_ai.system': 'Anthropic',
      'llm.request.type': 'completion',
      'gen_ai.request.model': 'claude-sonnet-4-20250514',
      'gen_ai.usage.input_tokens': 0,
      'gen_ai.usage.output_tokens': 0,
      'llm.usage.total_tokens': 0,
      'gen_ai.usage.cache_read_input_tokens': 0,
      'gen_ai.usage.cache_creation_input_tokens': 0,
    },
    reads: { role: 'call', usage: {} },
  },
  {
    // The same by those that write the conventions' names alone.
    scope: 'opentelemetry.instrumentation.anthropic',
    attributes: {
      'gen_ai.provider.name': 'anthropic',
      'gen_ai.operation.name': 'chat',
      'gen_ai.request.model': 'claude-sonnet-4-20250514',
      'gen_ai.usage.input_tokens': 0,
      'gen_ai.usage.output_tokens': 0,
      'gen_ai.usage.total_tokens': 0,
      'gen_ai.usage.cache_read.input_tokens': 0,
      'gen_ai.usage.cache_creation.input_tokens': 0,
    },
    reads: { role: 'call', usage: {} },
  },
  {
    // A stream of Nova's, by 0.44 to 0.55.
    scope: 'opentelemetry.instrumentation.bedrock',
    attributes: {
      'gen_ai.system': 'AWS',
      'gen_ai.request.model': 'nova-pro-v1:0',
      'llm.request.type': 'completion',
      'gen_ai.usage.prompt_tokens': 0,
      'gen_ai.usage.completion_tokens': 0,
      'llm.usage.total_tokens': 0,
    },
    reads: { role: 'call', provider: 'aws.bedrock', usage: {} },
  },
]
