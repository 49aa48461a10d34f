import type { DialectCall } from './types.ts'

export const calls: readonly DialectCall[] = [
  {
    // Within a session of Langfuse's or Latitude's.
    scope: 'com.anthropic.sdk.python',
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'anthropic',
      'gen_ai.request.model': 'claude-sonnet-4-5',
      'session.id': 's1',
    },
    reads: { role: 'call', provider: 'anthropic', conversationId: 's1' },
  },
  {
    // What can't be read hides nothing that another attribute says.
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.request.model': 'gpt-4o',
      'gen_ai.usage': JSON.stringify({ prompt_tokens: 100, completion_tokens: 7 }),
      'gen_ai.usage.input_tokens': 'n/a',
      'gen_ai.usage.output_tokens': 20,
    },
    reads: { usage: { inputTokens: 100, outputTokens: 20 } },
  },
  {
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.system': 'vertex_ai',
      'gen_ai.request.model': 'gemini-2.5-pro',
      'gen_ai.usage.prompt_tokens': 100,
      'gen_ai.usage.completion_tokens': '20',
    },
    reads: {
      role: 'call',
      operation: 'chat',
      provider: 'gcp.vertex_ai',
      requestModel: 'gemini-2.5-pro',
      usage: { inputTokens: 100, outputTokens: 20 },
    },
  },
  {
    attributes: {
      'gen_ai.request.model': 'claude-sonnet-4-5',
      'gen_ai.usage.input_tokens': 3,
      'gen_ai.usage.cache_read.input_tokens': 1000,
      'gen_ai.usage.cache_write.input_tokens': 200,
    },
    reads: {
      provider: 'anthropic',
      usage: { inputTokens: 1203, cacheReadTokens: 1000, cacheWriteTokens: 200 },
      cachedInput: 'excluded',
    },
  },
  {
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.system': 'anthropic',
      'gen_ai.request.model': 'us.anthropic.claude-sonnet-4-5-20250929-v1:0',
    },
    reads: { provider: 'aws.bedrock' },
  },
  {
    attributes: {
      'gen_ai.operation.name': 'speech',
      'gen_ai.request.model': 'tts-1',
      'gen_ai.usage.characters': 420,
    },
    reads: { role: 'call', usage: { characters: 420 } },
  },
  {
    attributes: {
      'gen_ai.operation.name': 'embeddings',
      'gen_ai.system': 'voyageai',
      'gen_ai.request.model': 'voyage-3',
      'gen_ai.usage.total_tokens': 12,
    },
    reads: { provider: 'voyage_ai', usage: { inputTokens: 12 } },
  },
  {
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.system': 'openai',
      'gen_ai.request.model': 'gpt-4o',
      'gen_ai.usage.input_tokens': '13',
      'gen_ai.usage.total_tokens': '23',
    },
    reads: {
      requestModel: 'gpt-4o',
      usage: { inputTokens: 13, outputTokens: 10 },
    },
  },
  {
    attributes: {
      'gen_ai.request.model': 'gpt-4o',
      'gen_ai.usage': {
        input_tokens: 10,
        input_tokens_details: { cached_tokens: 4 },
        output_tokens: 3,
      },
    },
    reads: { usage: { inputTokens: 10, cacheReadTokens: 4, outputTokens: 3 } },
  },
  {
    attributes: {
      'gen_ai.request.model': 'gpt-4o',
      'gen_ai.usage.input_tokens': 10,
      'gen_ai.usage.input_tokens_details': '{"cached_tokens":4}',
      'gen_ai.usage.output_tokens': 7,
      'gen_ai.usage.output_tokens_details.reasoning': 2,
    },
    reads: { usage: { inputTokens: 10, cacheReadTokens: 4, outputTokens: 7, reasoningTokens: 2 } },
  },
  {
    attributes: {
      'agentops.span.kind': 'agent',
      'gen_ai.request.model': 'gpt-4o',
      'gen_ai.usage.prompt_tokens': 10,
    },
    reads: { role: 'step' },
  },
  {
    attributes: { 'gen_ai.tool.name': 'summarise', 'gen_ai.usage.input_tokens': 10 },
    reads: { role: 'step' },
  },
  {
    attributes: {
      'gen_ai.request.model': 'gpt-4o',
      'gen_ai.usage.input_tokens': -1,
      'gen_ai.usage.output_tokens': 7,
    },
    reads: { role: 'call', usage: { outputTokens: 7 } },
  },
  {
    attributes: {
      'gen_ai.request.model': 'claude-sonnet-4-5',
      'gen_ai.usage.input_tokens': 200,
      'gen_ai.usage.input_tokens.cache_read': 80,
      'gen_ai.usage.input_tokens.cache_write': 40,
      'gen_ai.usage.output_tokens': 60,
      'gen_ai.usage.output_tokens.reasoning': 10,
    },
    reads: {
      usage: {
        inputTokens: 200,
        cacheReadTokens: 80,
        cacheWriteTokens: 40,
        outputTokens: 60,
        reasoningTokens: 10,
      },
    },
  },
  {
    // Cloudflare's AI gateway, as its documentation has it.
    attributes: {
      'gen_ai.request.model': '@cf/meta/llama-3.1-8b-instruct',
      'gen_ai.model.provider': 'workers-ai',
      'gen_ai.usage.input_tokens': 12,
      'gen_ai.usage.output_tokens': 7,
    },
    reads: { role: 'call', provider: 'cloudflare', usage: { inputTokens: 12, outputTokens: 7 } },
  },
  {
    // Mastra.
    scope: '@mastra/otel-exporter',
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'anthropic',
      'gen_ai.request.model': 'claude-sonnet-4-5',
      'gen_ai.usage.input_tokens': 1000,
      'gen_ai.usage.cache_creation.input_tokens': 300,
      'gen_ai.usage.cache_creation.5m_input_tokens': 100,
      'gen_ai.usage.cache_creation.1h_input_tokens': 200,
      'gen_ai.usage.output_tokens': 7,
    },
    reads: {
      usage: {
        inputTokens: 1000,
        cacheWriteTokens: 300,
        cacheWrite5mTokens: 100,
        cacheWrite1hTokens: 200,
        outputTokens: 7,
      },
    },
  },
  {
    // Mastra's loop around the calls, which have the usage.
    scope: '@mastra/otel-exporter',
    attributes: { 'gen_ai.operation.name': 'model_generation', 'mastra.span.type': 'model_generation' },
    reads: { role: 'step', usage: {} },
  },
  {
    scope: 'vllm.llm_engine',
    name: 'llm_request',
    attributes: {
      'gen_ai.request.id': 'cmpl-1',
      'gen_ai.response.model': 'mistralai/Mistral-7B-Instruct-v0.3',
      'gen_ai.usage.prompt_tokens': 10,
      'gen_ai.usage.completion_tokens': 5,
      'gen_ai.latency.time_to_first_token': 0.25,
    },
    reads: {
      role: 'call',
      provider: 'vllm',
      timeToFirstChunkSeconds: 0.25,
      usage: { inputTokens: 10, outputTokens: 5 },
    },
  },
  {
    scope: 'sglang server',
    attributes: {
      'gen_ai.response.model': 'deepseek-ai/DeepSeek-V3',
      'gen_ai.usage.prompt_tokens': 10,
      'gen_ai.usage.cached_tokens': 4,
      'gen_ai.latency.e2e': 0.25,
    },
    reads: { provider: 'sglang', usage: { inputTokens: 10, cacheReadTokens: 4 } },
  },
  {
    name: 'invoke_agent helper',
    attributes: { 'gen_ai.usage.input_tokens': 10, 'gen_ai.usage.output_tokens': 20 },
    reads: { role: 'step' },
  },
  {
    attributes: {
      'gen_ai.operation.name': 'embeddings',
      'gen_ai.request.model': 'text-embedding-3-small',
      'gen_ai.usage.input_tokens': 8,
      'gen_ai.usage.total_tokens': 10,
    },
    reads: { usage: { inputTokens: 8 } },
  },
  {
    scope: 'gen_ai',
    name: 'chat gpt-4o',
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.request.model': 'gpt-4o',
      'gen_ai.client.operation.time_to_first_chunk': 0.5,
    },
    reads: { role: 'call', timeToFirstChunkSeconds: 0.5 },
  },
  // Datadog's tracer for Node: names that Strands has as well, and input that includes cached tokens.
  {
    scope: 'dd-trace-js',
    attributes: {
      'gen_ai.operation.name': 'llm',
      'gen_ai.provider.name': 'amazon_bedrock',
      'gen_ai.request.model': 'claude-sonnet-4-5-20250929-v1:0',
      'gen_ai.application.name': 'shop',
      'gen_ai.usage.input_tokens': 1400,
      'gen_ai.usage.cache_read_input_tokens': 900,
      'gen_ai.usage.cache_write_input_tokens': 100,
      'gen_ai.usage.output_tokens': 10,
      'gen_ai.usage.total_tokens': 1410,
    },
    reads: {
      role: 'call',
      provider: 'aws.bedrock',
      usage: { inputTokens: 1400, cacheReadTokens: 900, cacheWriteTokens: 100, outputTokens: 10 },
      cachedInput: 'included',
    },
  },
  {
    // LangWatch for Node.
    attributes: {
      'langwatch.span.type': 'llm',
      'gen_ai.request.model': 'gpt-4o',
      'langwatch.metrics': JSON.stringify({
        type: 'json',
        value: { promptTokens: 100, completionTokens: 20, cost: 0.1 },
      }),
    },
    reads: { role: 'call', provider: 'openai', usage: { inputTokens: 100, outputTokens: 20 } },
  },
  {
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.usage.prompt_tokens': 100,
      'gen_ai.usage.prompt_details.cache_read': 40,
      'gen_ai.usage.prompt_details.cache_write': 10,
      'gen_ai.usage.completion_tokens': 20,
      'gen_ai.usage.completion_details.reasoning': 15,
    },
    reads: {
      usage: {
        inputTokens: 100,
        cacheReadTokens: 40,
        cacheWriteTokens: 10,
        outputTokens: 20,
        reasoningTokens: 15,
      },
    },
  },
  {
    // Where no operation is named, the model tells that there is no output.
    attributes: {
      'gen_ai.request.model': 'text-embedding-3-large',
      'gen_ai.usage.input_tokens': 20,
      'gen_ai.usage.total_tokens': 30,
    },
    reads: { usage: { inputTokens: 20 } },
  },
  {
    // An agent's span of a framework that names itself, and the model that its agent calls.
    attributes: {
      'gen_ai.system': 'agno',
      'gen_ai.agent.name': 'Researcher',
      'gen_ai.request.model': 'gpt-4o-mini',
    },
    reads: { role: 'step' },
  },
  {
    // Bifrost, before it wrote the names of the conventions.
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.usage.prompt_tokens': 100,
      'gen_ai.usage.prompt_token_details.cached_read_tokens': 40,
      'gen_ai.usage.prompt_token_details.cached_write_tokens': 10,
      'gen_ai.usage.prompt_token_details.cached_write_tokens_1h': 10,
      'gen_ai.usage.completion_tokens': 20,
      'gen_ai.usage.completion_token_details.reasoning_tokens': 15,
      'gen_ai.usage.completion_token_details.image_tokens': 2,
    },
    reads: {
      usage: {
        inputTokens: 100,
        cacheReadTokens: 40,
        cacheWriteTokens: 10,
        cacheWrite1hTokens: 10,
        outputTokens: 20,
        reasoningTokens: 15,
        imageOutputTokens: 2,
      },
    },
  },
  // Eino's models for APMPlus: within a graph, and by themselves.
  ...['chatmodel', 'workflow'].map((kind) => ({
    scope: 'github.com/cloudwego/eino-ext/callbacks/apmplus',
    attributes: {
      'gen_ai.span.kind': kind,
      'runinfo.component': 'ChatModel',
      'gen_ai.system': 'eino',
      'gen_ai.request.model': 'gpt-4.1',
      'gen_ai.usage.prompt_tokens': 100,
      'gen_ai.usage.completion_tokens': 20,
      'gen_ai.usage.total_tokens': 120,
    },
    reads: { role: 'call', provider: 'openai', usage: { inputTokens: 100, outputTokens: 20 } } as const,
  })),
  {
    scope: 'github.com/cloudwego/eino-ext/callbacks/apmplus',
    attributes: { 'gen_ai.span.kind': 'workflow', 'runinfo.component': 'Graph', 'gen_ai.system': 'eino' },
    reads: { role: 'step' },
  },
  // Higress.
  {
    scope: 'envoy',
    attributes: {
      'gen_ai.span.kind': 'LLM',
      'gen_ai.request.model': 'UNKNOWN',
      'gen_ai.model_name': 'qwen-max',
      'gen_ai.usage.input_tokens': '100',
      'gen_ai.usage.output_tokens': '20',
      'gen_ai.usage.total_tokens': '120',
    },
    reads: {
      role: 'call',
      provider: 'alibaba_cloud',
      responseModel: 'qwen-max',
      usage: { inputTokens: 100, outputTokens: 20 },
    },
  },
  // Whatever the total has more than Gemini's output may be thoughts, too.
  {
    attributes: {
      'gen_ai.request.model': 'gemini-2.5-flash',
      'gen_ai.usage.output_tokens': 20,
      'gen_ai.usage.total_tokens': 90,
    },
    reads: { usage: { outputTokens: 20 } },
  },
  {
    attributes: {
      'gen_ai.request.model': 'gemini-2.5-flash',
      'gen_ai.usage.output_tokens': 20,
      'gen_ai.usage.reasoning.output_tokens': 0,
      'gen_ai.usage.total_tokens': 90,
    },
    reads: { usage: { inputTokens: 70, outputTokens: 20, reasoningTokens: 0 } },
  },
  // Names that emitters coined before there were any, or beside them.
  {
    attributes: {
      'gen_ai.request.model': 'claude-sonnet-4-5',
      'gen_ai.usage.prompt_tokens': 1000,
      'gen_ai.usage.cache_tokens': 300,
      'gen_ai.usage.cache_creation.input_tokens': 50,
      'gen_ai.usage.cache_creation.ephemeral_5m_input_tokens': 30,
      'gen_ai.usage.cache_creation.ephemeral_1h_input_tokens': 20,
      'gen_ai.usage.completion_tokens': 100,
      'gen_ai.usage.output_reasoning_tokens': 40,
    },
    reads: {
      usage: {
        inputTokens: 1000,
        cacheReadTokens: 300,
        cacheWriteTokens: 50,
        cacheWrite5mTokens: 30,
        cacheWrite1hTokens: 20,
        outputTokens: 100,
        reasoningTokens: 40,
      },
    },
  },
  {
    attributes: {
      'gen_ai.request.model': 'gpt-5',
      'gen_ai.usage.input_tokens': 1000,
      'gen_ai.usage.cache_hit_tokens': 300,
      'gen_ai.usage.output_tokens': 100,
      'gen_ai.usage.thought_tokens': 40,
    },
    reads: { usage: { inputTokens: 1000, cacheReadTokens: 300, outputTokens: 100, reasoningTokens: 40 } },
  },
  {
    attributes: {
      'gen_ai.request.model': 'claude-sonnet-4-5',
      'gen_ai.response.usage.input_tokens': 1000,
      'gen_ai.usage.cache_write_5m_tokens': 30,
      'gen_ai.usage.cache_write_1h_tokens': 20,
      'gen_ai.response.usage.output_tokens': 100,
    },
    reads: {
      usage: { inputTokens: 1000, cacheWrite5mTokens: 30, cacheWrite1hTokens: 20, outputTokens: 100 },
    },
  },
  // Dash0, of Claude Code.
  {
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.request.model': 'claude-sonnet-4-5',
      'gen_ai.usage.input_tokens': 1000,
      'gen_ai.usage.cache_creation.input_tokens': 250,
      'dash0.gen_ai.usage.cache_creation.ephemeral_5m.input_tokens': 50,
      'dash0.gen_ai.usage.cache_creation.ephemeral_1h.input_tokens': 200,
      'gen_ai.usage.output_tokens': 100,
    },
    reads: {
      usage: {
        inputTokens: 1000,
        cacheWriteTokens: 250,
        cacheWrite5mTokens: 50,
        cacheWrite1hTokens: 200,
        outputTokens: 100,
      },
    },
  },
  // As people write spans by hand.
  {
    attributes: {
      'gen_ai.provider': 'openai',
      'gen_ai.model': 'gpt-4.1',
      'gen_ai.usage.input_tokens': 100,
      'gen_ai.usage.output_tokens': 20,
    },
    reads: {
      role: 'call',
      provider: 'openai',
      requestModel: 'gpt-4.1',
      usage: { inputTokens: 100, outputTokens: 20 },
    },
  },
  {
    // Laminar's.
    scope: 'lmnr.tracer',
    name: 'gemini.generate_content',
    attributes: {
      'lmnr.span.type': 'LLM',
      'lmnr.association.properties.session_id': 's1',
      'gen_ai.system': 'gemini',
      'gen_ai.request.model': 'gemini-2.5-flash',
      'gen_ai.usage.input_tokens': 2117,
      'gen_ai.usage.output_tokens': 322,
      'gen_ai.usage.cache_read_input_tokens': 409,
      'gen_ai.usage.reasoning_tokens': 59,
    },
    reads: {
      role: 'call',
      provider: 'gcp.gemini',
      conversationId: 's1',
      usage: { inputTokens: 2117, cacheReadTokens: 409, outputTokens: 322, reasoningTokens: 59 },
    },
  },
]
