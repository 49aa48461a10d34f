import type { DialectCall } from './types.ts'

const json = JSON.stringify

export const calls: readonly DialectCall[] = [
  {
    // Haystack's component for OpenAI's Responses: the total alone, and the rest as Python prints it.
    scope: 'openinference.instrumentation.haystack',
    name: 'OpenAIResponsesChatGenerator.run',
    attributes: {
      'openinference.span.kind': 'LLM',
      'llm.system': 'openai',
      'llm.model_name': 'gpt-4o-2024-08-06',
      'llm.token_count.total': 18490,
      'output.value': json({
        replies: [
          "ChatMessage(_meta={'model': 'gpt-4o-2024-08-06', 'usage': {'input_tokens': 17170, 'input_tokens_details': {'cached_tokens': 922}, 'output_tokens': 1320, 'output_tokens_details': {'reasoning_tokens': 450}, 'total_tokens': 18490}})",
        ],
      }),
    },
    reads: {
      role: 'call',
      usage: { inputTokens: 17170, cacheReadTokens: 922, outputTokens: 1320, reasoningTokens: 450 },
    },
  },
  {
    // Haystack's component for embeddings, which states no counts.
    scope: 'openinference.instrumentation.haystack',
    name: 'CreateEmbeddings',
    attributes: {
      'openinference.span.kind': 'EMBEDDING',
      'embedding.model_name': 'text-embedding-3-small',
      'output.value': json({
        embedding: '<8-dimensional vector>',
        meta: { model: 'text-embedding-3-small', usage: { prompt_tokens: 17133, total_tokens: 17133 } },
      }),
    },
    reads: { role: 'call', operation: 'embeddings', usage: { inputTokens: 17133 } },
  },
  {
    // A stream that AutoGen wasn't told the usage of: unknown, not nothing.
    scope: 'openinference.instrumentation.autogen_agentchat',
    name: 'OpenAIChatCompletionClient.create_stream',
    attributes: {
      'openinference.span.kind': 'LLM',
      'llm.model_name': 'gpt-4o-2024-08-06',
      'llm.token_count.prompt': 0,
      'llm.token_count.completion': 0,
      'llm.token_count.total': 0,
    },
    reads: { role: 'call', provider: 'openai', usage: {} },
  },
  {
    // Portkey's client, that asks for a model by the name of its gateway.
    scope: 'openinference.instrumentation.portkey',
    name: 'Completions',
    attributes: {
      'openinference.span.kind': 'LLM',
      'llm.invocation_parameters': '{"model": "@openai-prod/gpt-4.1"}',
      'llm.model_name': 'gpt-4.1-2025-04-14',
      'llm.token_count.prompt': 100,
      'llm.token_count.completion': 20,
    },
    reads: {
      role: 'call',
      provider: 'openai',
      requestModel: '@openai-prod/gpt-4.1',
      responseModel: 'gpt-4.1-2025-04-14',
    },
  },
  {
    // TensorZero's, which counts Gemini's candidates alone, and has beside them what Google answered.
    attributes: {
      'openinference.span.kind': 'LLM',
      'llm.system': 'gcp_vertex_gemini',
      'llm.model_name': 'gemini-2.5-pro',
      'llm.token_count.prompt': 3000,
      'llm.token_count.completion': 500,
      'llm.token_count.total': 3500,
      'output.value': JSON.stringify({
        candidates: [],
        usageMetadata: {
          promptTokenCount: 3000,
          cachedContentTokenCount: 2000,
          candidatesTokenCount: 500,
          thoughtsTokenCount: 300,
          totalTokenCount: 3800,
        },
      }),
    },
    reads: {
      provider: 'gcp.vertex_ai',
      usage: { inputTokens: 3000, cacheReadTokens: 2000, outputTokens: 800, reasoningTokens: 300 },
      cachedInput: 'included',
    },
  },
  {
    attributes: {
      'openinference.span.kind': 'EMBEDDING',
      'embedding.model_name': 'text-embedding-3-small',
      'llm.token_count.prompt': 8,
    },
    reads: {
      role: 'call',
      operation: 'embeddings',
      responseModel: 'text-embedding-3-small',
      usage: { inputTokens: 8 },
    },
  },
  {
    attributes: {
      'openinference.span.kind': 'LLM',
      'llm.provider': 'azure',
      'llm.model_name': 'gpt-4o',
      'llm.token_count.prompt': 100,
      'llm.token_count.completion': 30,
      'llm.token_count.prompt_details.cache_read': 60,
      'llm.token_count.completion_details.reasoning': 10,
    },
    reads: {
      provider: 'azure.ai.openai',
      usage: { inputTokens: 100, cacheReadTokens: 60, outputTokens: 30, reasoningTokens: 10 },
      cachedInput: 'included',
    },
  },
  {
    attributes: {
      'openinference.span.kind': 'LLM',
      'llm.provider': 'google',
      'llm.system': 'vertexai',
      'llm.model_name': 'gemini-2.5-pro',
      'llm.token_count.prompt': 100,
    },
    reads: { provider: 'gcp.vertex_ai' },
  },
  {
    scope: 'openinference.instrumentation.pipecat',
    attributes: {
      'openinference.span.kind': 'LLM',
      'llm.provider': 'openai',
      'llm.model_name': 'unknown',
      'metrics.model': 'gpt-4.1',
      'llm.token_count.prompt': 100,
    },
    reads: { role: 'call', requestModel: 'gpt-4.1', usage: { inputTokens: 100 } },
  },
  ...(
    [
      ['google_genai', 'vertexai', 'gcp.gemini'],
      ['google_vertexai', 'vertexai', 'gcp.vertex_ai'],
      ['google_anthropic_vertex', 'anthropic', 'gcp.vertex_ai'],
    ] as const
  ).map(([named, system, provider]) => ({
    scope: 'openinference.instrumentation.langchain',
    attributes: {
      'openinference.span.kind': 'LLM',
      'llm.provider': 'google',
      'llm.system': system,
      'llm.token_count.prompt': 100,
      metadata: json({ ls_provider: named }),
    },
    reads: { provider },
  })),
  {
    attributes: {
      'openinference.span.kind': 'EMBEDDING',
      'embedding.model_name': 'text-embedding-3-small',
      'llm.token_count.total': 12,
    },
    reads: { role: 'call', operation: 'embeddings', provider: 'openai', usage: { inputTokens: 12 } },
  },
  {
    attributes: {
      'openinference.span.kind': 'LLM',
      'llm.provider': 'aws',
      'llm.system': 'anthropic',
      'llm.model_name': 'claude-3-5-sonnet-20240620',
      'llm.token_count.prompt': 500,
      'llm.token_count.prompt_details.cache_read': 400,
      'llm.token_count.completion': 7,
    },
    reads: {
      provider: 'aws.bedrock',
      usage: { inputTokens: 900, cacheReadTokens: 400, outputTokens: 7 },
      cachedInput: 'excluded',
    },
  },
  {
    // A turn of Claude's agent: what it calls is another program's to tell.
    scope: 'openinference.instrumentation.claude_agent_sdk',
    attributes: {
      'openinference.span.kind': 'AGENT',
      'llm.model_name': 'claude-sonnet-4-5',
      'llm.token_count.prompt': 1000,
      'llm.token_count.completion': 20,
      'llm.token_count.total': 1020,
      'llm.token_count.prompt_details.cache_read': 900,
    },
    reads: {
      role: 'call',
      provider: 'anthropic',
      usage: { inputTokens: 1000, cacheReadTokens: 900, outputTokens: 20 },
    },
  },
  {
    scope: '@arizeai/openinference-instrumentation-claude-agent-sdk',
    attributes: {
      'openinference.span.kind': 'AGENT',
      'llm.model_name': 'claude-sonnet-4-5',
      'llm.token_count.prompt': 12,
      'llm.token_count.completion': 20,
      'llm.token_count.total': 32,
      'llm.cost.total': 0.05,
    },
    reads: {
      role: 'call',
      provider: 'anthropic',
      sumsUp: 'com.anthropic.claude_code.tracing',
      usage: { inputTokens: 12, outputTokens: 20 },
      declaredCost: { amount: 0.05, currency: 'USD' },
    },
  },
  {
    // Of Bedrock's `us.anthropic.claude-…` it leaves the maker; Claude's answer names the model.
    scope: '@arizeai/openinference-instrumentation-bedrock',
    attributes: {
      'openinference.span.kind': 'LLM',
      'llm.provider': 'aws',
      'llm.system': 'anthropic',
      'llm.model_name': 'anthropic',
      'output.value': JSON.stringify({ model: 'claude-sonnet-4-5-20250929', usage: { input_tokens: 30 } }),
      'llm.token_count.prompt': 30,
      'llm.token_count.completion': 5,
    },
    reads: { provider: 'aws.bedrock', responseModel: 'claude-sonnet-4-5-20250929' },
  },
  {
    // Titan's embeddings, whose answer alone has their tokens.
    scope: '@arizeai/openinference-instrumentation-bedrock',
    attributes: {
      'openinference.span.kind': 'LLM',
      'llm.provider': 'aws',
      'llm.system': 'amazon',
      'llm.model_name': 'titan-embed-text-v2:0',
      'output.value': json({ embedding: [0.1], inputTextTokenCount: 7551 }),
    },
    reads: {
      role: 'call',
      operation: 'embeddings',
      provider: 'aws.bedrock',
      usage: { inputTokens: 7551 },
    },
  },
  {
    scope: 'openinference.instrumentation.agno',
    attributes: {
      'openinference.span.kind': 'LLM',
      'llm.provider': 'AwsBedrock',
      'llm.model_name': 'us.anthropic.claude-sonnet-4-5-20250929-v1:0',
      'llm.token_count.prompt': 500,
      'llm.token_count.completion': 7,
      'llm.token_count.prompt_details.cache_read': 400,
    },
    reads: {
      provider: 'aws.bedrock',
      usage: { inputTokens: 900, cacheReadTokens: 400, outputTokens: 7 },
      cachedInput: 'excluded',
    },
  },
  {
    attributes: {
      'openinference.span.kind': 'DECISION',
      'decision.provider': 'openai',
      'decision.system': 'openai',
      'decision.request.model_name': 'gpt-5-decide',
      'decision.response.model_name': 'gpt-5-decide-2026-09-01',
      'decision.model_name': 'gpt-5-decide-2026-09-01',
      'decision.token_count.input': 40,
      'decision.token_count.output': 3,
    },
    reads: {
      role: 'call',
      operation: 'decision',
      provider: 'openai',
      requestModel: 'gpt-5-decide',
      responseModel: 'gpt-5-decide-2026-09-01',
      usage: { inputTokens: 40, outputTokens: 3 },
    },
  },
  {
    // Converse for JavaScript: the id cut to its maker, cached tokens in the total alone.
    attributes: {
      'openinference.span.kind': 'LLM',
      'llm.provider': 'aws',
      'llm.system': 'anthropic',
      'llm.model_name': 'anthropic',
      'input.value': json({ modelId: 'eu.anthropic.claude-sonnet-4-5-20250929-v1:0' }),
      'output.value': json({
        usage: {
          inputTokens: 5,
          outputTokens: 20,
          cacheReadInputTokens: 700,
          cacheWriteInputTokens: 75,
          totalTokens: 800,
        },
      }),
      'llm.token_count.prompt': 5,
      'llm.token_count.completion': 20,
      'llm.token_count.total': 800,
    },
    reads: {
      provider: 'aws.bedrock',
      responseModel: 'eu.anthropic.claude-sonnet-4-5-20250929-v1:0',
      usage: { inputTokens: 780, cacheReadTokens: 700, cacheWriteTokens: 75, outputTokens: 20 },
      cachedInput: 'excluded',
    },
  },
  {
    // Google's ADK with a model of another.
    attributes: {
      'openinference.span.kind': 'LLM',
      'llm.provider': 'google',
      'llm.model_name': 'anthropic/claude-haiku-4-5',
      'llm.token_count.prompt': 9,
    },
    reads: { provider: 'anthropic' },
  },
  {
    attributes: {
      'openinference.span.kind': 'LLM',
      'llm.provider': 'google',
      'llm.model_name': 'models/gemini-2.5-flash',
      'llm.token_count.prompt': 9,
    },
    reads: { provider: 'gcp.gemini' },
  },
  {
    // Mastra's exporter says chain of a call of a model, and LLM of the steps around it.
    scope: '@mastra/otel-exporter',
    attributes: {
      'openinference.span.kind': 'CHAIN',
      'mastra.span.type': 'model_inference',
      'llm.provider': 'openai',
      'llm.model_name': 'gpt-4o',
      'llm.token_count.prompt': 100,
      'llm.token_count.completion': 20,
      'llm.token_count.total': 120,
      'llm.token_count.prompt_details.cache_read': 40,
    },
    reads: {
      role: 'call',
      operation: 'chat',
      usage: { inputTokens: 100, cacheReadTokens: 40, outputTokens: 20 },
    },
  },
  {
    scope: '@mastra/otel-exporter',
    attributes: {
      'openinference.span.kind': 'CHAIN',
      'mastra.span.type': 'rag_embedding',
      'llm.model_name': 'text-embedding-3-small',
      'llm.token_count.prompt': 100,
    },
    reads: { role: 'call', operation: 'embeddings', usage: { inputTokens: 100 } },
  },
  {
    scope: '@mastra/otel-exporter',
    attributes: { 'openinference.span.kind': 'LLM', 'mastra.span.type': 'model_step' },
    reads: { role: 'step' },
  },
  {
    // Guardrails says so of the call that is guarded.
    scope: 'guardrails-ai',
    name: 'call',
    attributes: {
      type: 'guardrails/guard/step/call',
      'openinference.span.kind': 'GUARDRAIL',
      'llm.model_name': 'gpt-4o',
      'llm.token_count.prompt': 100,
    },
    reads: { role: 'call', operation: 'chat', usage: { inputTokens: 100 } },
  },
  {
    scope: 'guardrails-ai',
    attributes: { 'openinference.span.kind': 'GUARDRAIL', 'llm.token_count.prompt': 100 },
    reads: { role: 'step' },
  },
  {
    // The convention's own name tells the model that answered; the other one may be what was asked for.
    attributes: {
      'openinference.span.kind': 'LLM',
      'llm.model_name': 'gpt-4o-mini',
      'gen_ai.request.model': 'gpt-4o-mini',
      'gen_ai.response.model': 'gpt-4o-mini-2024-07-18',
    },
    reads: { requestModel: 'gpt-4o-mini', responseModel: 'gpt-4o-mini-2024-07-18' },
  },
  // The first versions tell the parts of usage in the response alone, and some copy Anthropic's count of the prompt.
  ...[300, 1000].map((prompt) => ({
    scope: 'openinference.instrumentation.anthropic',
    attributes: {
      'openinference.span.kind': 'LLM',
      'llm.model_name': 'claude-sonnet-4-5',
      'llm.token_count.prompt': prompt,
      'llm.token_count.completion': 30,
      'output.value': json({
        usage: {
          input_tokens: 300,
          cache_read_input_tokens: 600,
          cache_creation_input_tokens: 100,
          output_tokens: 30,
        },
      }),
    },
    reads: { usage: { inputTokens: 1000, cacheReadTokens: 600, cacheWriteTokens: 100, outputTokens: 30 } },
  })),
  ...['openinference.instrumentation.openai', '@arizeai/openinference-instrumentation-bedrock'].map(
    (scope) => ({
      scope,
      attributes: {
        'openinference.span.kind': 'LLM',
        'llm.model_name': 'gpt-4o',
        'llm.token_count.prompt': 100,
        'llm.token_count.completion': 30,
        'llm.token_count.total': 130,
        'output.value': json({
          usage: {
            prompt_tokens: 100,
            completion_tokens: 30,
            prompt_tokens_details: { cached_tokens: 64 },
            completion_tokens_details: { reasoning_tokens: 10 },
          },
        }),
      },
      reads: { usage: { inputTokens: 100, cacheReadTokens: 64, outputTokens: 30, reasoningTokens: 10 } },
    }),
  ),
  {
    attributes: {
      'openinference.span.kind': 'LLM',
      'llm.model_name': 'gpt-5.6',
      'llm.token_count.prompt': 100,
      'llm.token_count.completion': 30,
      'llm.token_count.prompt_details.cache_read': 0,
      'output.value': json({
        usage: {
          input_tokens: 100,
          input_tokens_details: { cached_tokens: 0, cache_write_tokens: 90 },
          output_tokens: 30,
        },
      }),
    },
    reads: { usage: { inputTokens: 100, cacheReadTokens: 0, cacheWriteTokens: 90, outputTokens: 30 } },
  },
  {
    scope: 'openinference.instrumentation.google_genai',
    attributes: {
      'openinference.span.kind': 'LLM',
      'llm.model_name': 'gemini-2.5-flash',
      'llm.token_count.prompt': 100,
      'llm.token_count.completion': 20,
      'llm.token_count.total': 135,
      'output.value': json({
        usage_metadata: {
          prompt_token_count: 100,
          cached_content_token_count: 60,
          candidates_token_count: 20,
          thoughts_token_count: 15,
          total_token_count: 135,
        },
      }),
    },
    reads: { usage: { inputTokens: 100, cacheReadTokens: 60, outputTokens: 35, reasoningTokens: 15 } },
  },
  {
    // The first versions state neither what tools put beside the prompt nor what was heard, the answer does.
    scope: 'openinference.instrumentation.google_genai',
    attributes: {
      'openinference.span.kind': 'LLM',
      'llm.model_name': 'gemini-2.5-flash',
      'llm.token_count.prompt': 930,
      'llm.token_count.completion': 40,
      'llm.token_count.total': 1040,
      'output.value': json({
        usage_metadata: {
          prompt_token_count: 930,
          prompt_tokens_details: [
            { modality: 'TEXT', token_count: 830 },
            { modality: 'AUDIO', token_count: 100 },
          ],
          tool_use_prompt_token_count: 70,
          candidates_token_count: 40,
          total_token_count: 1040,
        },
      }),
    },
    reads: { usage: { inputTokens: 1000, audioInputTokens: 100, outputTokens: 40 } },
  },
  {
    // Version 0.1.12 adds cached tokens to a prompt that has them.
    scope: 'openinference.instrumentation.google_genai',
    attributes: {
      'openinference.span.kind': 'LLM',
      'llm.model_name': 'gemini-2.5-flash',
      'llm.token_count.prompt': 1300,
      'llm.token_count.prompt_details.cache_read': 300,
      'llm.token_count.completion': 240,
      'llm.token_count.completion_details.reasoning': 200,
      'llm.token_count.total': 1540,
      'output.value': json({
        usage_metadata: {
          prompt_token_count: 930,
          tool_use_prompt_token_count: 70,
          cached_content_token_count: 300,
          candidates_token_count: 40,
          thoughts_token_count: 200,
          total_token_count: 1240,
        },
      }),
    },
    reads: {
      usage: { inputTokens: 1000, cacheReadTokens: 300, outputTokens: 240, reasoningTokens: 200 },
      cachedInput: 'included',
    },
  },
  {
    // The first that traced OpenAI's Responses name no model beside the answer.
    scope: 'openinference.instrumentation.openai',
    attributes: {
      'openinference.span.kind': 'LLM',
      'llm.system': 'openai',
      'llm.invocation_parameters': json({ model: 'gpt-4o-mini' }),
      'output.value': json({
        model: 'gpt-4o-mini-2024-07-18',
        usage: { input_tokens: 20, output_tokens: 5, total_tokens: 25 },
      }),
    },
    reads: {
      requestModel: 'gpt-4o-mini',
      responseModel: 'gpt-4o-mini-2024-07-18',
      usage: { inputTokens: 20, outputTokens: 5 },
    },
  },
  ...[
    'InputTokenCountResponse',
    'SyncPage[Model]',
    'FileObject',
    'messages.count_tokens',
    'OpenAI._prepare_chat_with_tools',
    'StreamingAgentChatResponse.write_response_to_history',
    'success',
    'backend.openai.chat.finish-1',
  ].map((name) => ({
    scope: 'openinference.instrumentation.openai',
    name,
    attributes: {
      'openinference.span.kind': 'LLM',
      'llm.provider': 'openai',
      'llm.invocation_parameters': json({ model: 'gpt-4.1' }),
    },
    reads: { role: 'step' as const },
  })),
  ...[
    "ChatMessage(_meta={'usage': {'prompt_tokens': 100, 'prompt_tokens_details': {'cached_tokens': 64}}})",
    'ChatCompletion(usage=CompletionUsage(prompt_tokens_details=PromptTokensDetails(cached_tokens=64)))',
  ].map((answer) => ({
    scope: 'openinference.instrumentation.smolagents',
    attributes: {
      'openinference.span.kind': 'LLM',
      'llm.model_name': 'gpt-4.1',
      'llm.token_count.prompt': 100,
      'llm.token_count.completion': 30,
      'output.value': json({ raw: answer }),
    },
    reads: { usage: { inputTokens: 100, cacheReadTokens: 64, outputTokens: 30 } },
  })),
  {
    scope: 'openinference.instrumentation.beeai',
    attributes: {
      'openinference.span.kind': 'LLM',
      'llm.model_name': 'gpt-4.1',
      'llm.token_count.prompt': 100,
      'llm.token_count.completion': 30,
      'llm.token_count.total': 130,
      'metadata.usage.cached_prompt_tokens': 64,
      'metadata.usage.cached_creation_tokens': 0,
    },
    reads: { usage: { inputTokens: 100, cacheReadTokens: 64, cacheWriteTokens: 0, outputTokens: 30 } },
  },
  {
    scope: 'openinference.instrumentation.beeai',
    name: 'new_token',
    attributes: { 'openinference.span.kind': 'LLM', 'metadata.path': 'backend.openai.chat.new_token' },
    reads: { role: 'step' },
  },
  {
    // Mistral's streams, whose events hold the answer as their data.
    scope: 'openinference.instrumentation.mistralai',
    attributes: {
      'openinference.span.kind': 'LLM',
      'llm.model_name': 'mistral-large-latest',
      'llm.token_count.prompt': 100,
      'llm.token_count.completion': 30,
      'llm.token_count.total': 130,
      'output.value': json({
        data: {
          usage: {
            prompt_tokens: 100,
            completion_tokens: 30,
            total_tokens: 130,
            prompt_tokens_details: { cached_tokens: 64 },
          },
        },
      }),
    },
    reads: { usage: { inputTokens: 100, cacheReadTokens: 64, outputTokens: 30 } },
  },
  {
    attributes: {
      'openinference.span.kind': 'CHAIN',
      'output.value': json({ usage: { prompt_tokens: 9, prompt_tokens_details: { cached_tokens: 5 } } }),
    },
    reads: { role: 'step' },
  },
  {
    // The first versions for Groq name it in their scope alone.
    scope: 'openinference.instrumentation.groq',
    attributes: { 'openinference.span.kind': 'LLM', 'llm.model_name': 'llama-3.3-70b-versatile' },
    reads: { provider: 'groq' },
  },
  {
    // Of OpenAI's images no attribute has the tokens, and none the model.
    scope: 'openinference.instrumentation.openai',
    name: 'ImagesResponse',
    attributes: {
      'openinference.span.kind': 'LLM',
      'llm.provider': 'openai',
      'llm.invocation_parameters': json({ prompt: 'x', model: 'gpt-image-1' }),
      'output.value': json({
        usage: {
          input_tokens: 50,
          input_tokens_details: { image_tokens: 0, text_tokens: 50 },
          output_tokens: 1476,
          total_tokens: 1526,
        },
      }),
    },
    reads: {
      requestModel: 'gpt-image-1',
      usage: { inputTokens: 50, imageInputTokens: 0, outputTokens: 1476 },
    },
  },
  {
    scope: 'openinference.instrumentation.anthropic',
    attributes: {
      'openinference.span.kind': 'LLM',
      'llm.provider': 'anthropic',
      'llm.model_name': 'claude-sonnet-4-5-20250929',
      'llm.invocation_parameters': json({ max_tokens: 99 }),
      'input.value': json({ model: 'us.anthropic.claude-sonnet-4-5-20250929-v1:0', max_tokens: 99 }),
    },
    reads: { provider: 'aws.bedrock', requestModel: 'us.anthropic.claude-sonnet-4-5-20250929-v1:0' },
  },
  {
    // The first versions have no attributes for the parts.
    scope: 'openinference.instrumentation.openai',
    attributes: {
      'openinference.span.kind': 'LLM',
      'llm.model_name': 'gpt-4o-audio-preview',
      'llm.token_count.prompt': 90,
      'llm.token_count.completion': 40,
      'llm.token_count.total': 130,
      'output.value': json({
        usage: {
          prompt_tokens: 90,
          completion_tokens: 40,
          total_tokens: 130,
          prompt_tokens_details: { cached_tokens: 0, audio_tokens: 64 },
          completion_tokens_details: { reasoning_tokens: 0, audio_tokens: 30 },
        },
      }),
    },
    reads: {
      usage: {
        inputTokens: 90,
        cacheReadTokens: 0,
        audioInputTokens: 64,
        outputTokens: 40,
        reasoningTokens: 0,
        audioOutputTokens: 30,
      },
    },
  },
  {
    // Of Gemini it has thoughts before it has cached tokens.
    scope: 'openinference.instrumentation.google_genai',
    attributes: {
      'openinference.span.kind': 'LLM',
      'llm.model_name': 'gemini-2.5-pro',
      'llm.token_count.prompt': 900,
      'llm.token_count.completion': 120,
      'llm.token_count.completion_details.reasoning': 100,
      'llm.token_count.total': 1020,
      'output.value': json({
        usage_metadata: {
          prompt_token_count: 900,
          cached_content_token_count: 800,
          candidates_token_count: 20,
          thoughts_token_count: 100,
          total_token_count: 1020,
        },
      }),
    },
    reads: {
      usage: { inputTokens: 900, cacheReadTokens: 800, outputTokens: 120, reasoningTokens: 100 },
      cachedInput: 'included',
    },
  },
  {
    // Claude's streamed answer by LangChain for JavaScript, which counted twice what was cached.
    attributes: {
      'openinference.span.kind': 'LLM',
      'llm.model_name': 'claude-sonnet-4-5',
      'llm.token_count.prompt': 3272,
      'llm.token_count.completion': 10,
      'llm.token_count.total': 3282,
      'llm.token_count.prompt_details.cache_read': 1970,
      'output.value': json({
        generations: [
          [
            {
              message: {
                kwargs: {
                  usage_metadata: { input_tokens: 3272, input_token_details: { cache_read: 1970 } },
                  response_metadata: { usage: { cache_read_input_tokens: 985 } },
                },
              },
            },
          ],
        ],
      }),
    },
    reads: { usage: { inputTokens: 3272, cacheReadTokens: 985, outputTokens: 10 } },
  },
  // What passes through Envoy's AI gateway.
  ...['CountTokens', 'CreateFile', 'RetrieveFileContent', 'ListBatches'].map((name) => ({
    scope: 'envoyproxy/ai-gateway',
    name,
    attributes: {
      'openinference.span.kind': 'LLM',
      'llm.system': 'anthropic',
      'llm.model_name': 'claude-sonnet-4-5',
      'llm.token_count.prompt': 300,
    },
    reads: { role: 'step' as const },
  })),
  {
    scope: 'envoyproxy/ai-gateway',
    name: 'CreateEmbeddings',
    attributes: {
      'openinference.span.kind': 'EMBEDDING',
      'llm.system': 'openai',
      'embedding.model_name': 'text-embedding-3-small',
      'llm.token_count.prompt': 300,
      'llm.token_count.total': 300,
    },
    reads: { role: 'call', operation: 'embeddings', usage: { inputTokens: 300 } },
  },
  {
    scope: 'envoyproxy/ai-gateway',
    name: 'Transcription',
    attributes: {
      'openinference.span.kind': 'LLM',
      'llm.system': 'openai',
      'llm.model_name': 'whisper-1',
      'output.audio_duration': 8.47,
    },
    reads: { role: 'call', provider: 'openai', usage: { seconds: 8.47 } },
  },
  // Names that others coined in its manner.
  {
    attributes: {
      'openinference.span.kind': 'LLM',
      'llm.model_name': 'gpt-5',
      'llm.token_count.prompt': 1000,
      'llm.token_count.completion': 100,
      'llm.token_count.cache_read': 300,
      'llm.token_count.cache_write': 50,
      'llm.token_count.reasoning': 40,
    },
    reads: {
      usage: {
        inputTokens: 1000,
        cacheReadTokens: 300,
        cacheWriteTokens: 50,
        outputTokens: 100,
        reasoningTokens: 40,
      },
    },
  },
  {
    attributes: {
      'openinference.span.kind': 'LLM',
      'llm.model_name': 'gpt-5',
      'llm.token_count.prompt': 1000,
      'llm.token_count.completion': 100,
      'llm.token_count.prompt.cache_read': 300,
      'llm.token_count.prompt.cache_creation': 50,
    },
    reads: {
      usage: { inputTokens: 1000, cacheReadTokens: 300, cacheWriteTokens: 50, outputTokens: 100 },
    },
  },
  {
    // By Guardrails.
    scope: 'guardrails-ai',
    name: 'call',
    attributes: {
      'llm.invocation_parameters':
        "{'temperature': 0, 'messages': [{'role': 'user', 'content': 'hi'}], 'model': 'gpt-4.1'}",
      'llm.token_count.prompt': 2013,
      'llm.token_count.completion': 307,
      'llm.token_count.total': 2320,
      type: 'guardrails/guard/step/call',
    },
    reads: { role: 'call', requestModel: 'gpt-4.1', usage: { inputTokens: 2013, outputTokens: 307 } },
  },
]
