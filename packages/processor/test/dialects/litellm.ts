import type { DialectCall } from './types.ts'

export const calls: readonly DialectCall[] = [
  {
    scope: 'litellm',
    name: 'litellm_request',
    attributes: {
      'llm.request.type': 'acompletion',
      'gen_ai.system': 'azure',
      'gen_ai.request.model': 'gpt-4o',
      'gen_ai.usage.input_tokens': 50,
      'gen_ai.usage.cache_read.input_tokens': 30,
      'gen_ai.usage.output_tokens': 5,
      'gen_ai.cost.total_cost': 0.0021,
    },
    reads: {
      role: 'call',
      operation: 'chat',
      provider: 'azure.ai.openai',
      usage: { inputTokens: 50, cacheReadTokens: 30, outputTokens: 5 },
      cachedInput: 'included',
      declaredCost: { amount: 0.0021, currency: 'USD' },
    },
  },
  {
    scope: 'litellm',
    name: 'chat gpt-4o',
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.request.model': 'gpt-4o',
      'litellm.cache_hit': true,
    },
    reads: { role: 'call', declaredCost: { amount: 0, currency: 'USD' } },
  },
  {
    scope: 'litellm',
    name: 'raw_gen_ai_request',
    attributes: {
      'llm.openai.model': 'gpt-4o',
      'gen_ai.request.model': 'gpt-4o',
      'gen_ai.usage.input_tokens': 5,
    },
    reads: { role: 'step' },
  },
  {
    // A response that is fetched again was billed when it was made.
    scope: 'litellm',
    attributes: {
      'gen_ai.operation.name': 'litellm.responses_management',
      'gen_ai.request.model': 'gpt-4o',
      'gen_ai.usage.input_tokens': 5,
    },
    reads: { role: 'step' },
  },
  // The parts of the usage are among the metadata only, as Python prints them.
  {
    scope: 'litellm',
    name: 'litellm_request',
    attributes: {
      'llm.request.type': 'completion',
      'gen_ai.request.model': 'gpt-4o',
      'gen_ai.usage.prompt_tokens': 100,
      'gen_ai.usage.completion_tokens': 20,
      'metadata.usage_object':
        "{'completion_tokens': 20, 'prompt_tokens': 100, 'completion_tokens_details': {'audio_tokens': None, 'reasoning_tokens': 5}, 'prompt_tokens_details': {'audio_tokens': None, 'cached_tokens': 64}}",
    },
    reads: { usage: { inputTokens: 100, cacheReadTokens: 64, outputTokens: 20, reasoningTokens: 5 } },
  },
  // The callbacks for Langfuse, Arize and Phoenix, to 1.81: the metadata in one piece, beside OpenInference's totals.
  {
    scope: 'litellm',
    name: 'litellm_request',
    attributes: {
      'llm.request.type': 'completion',
      'llm.model_name': 'o4-mini',
      'openinference.span.kind': 'LLM',
      'langfuse.observation.type': 'generation',
      'llm.token_count.prompt': 134,
      'llm.token_count.completion': 20,
      metadata: JSON.stringify({
        usage_object: {
          prompt_tokens: 134,
          prompt_tokens_details: { cached_tokens: 40, text_tokens: null },
          completion_tokens: 20,
          completion_tokens_details: { reasoning_tokens: 7 },
        },
      }),
    },
    reads: {
      role: 'call',
      usage: { inputTokens: 134, cacheReadTokens: 40, outputTokens: 20, reasoningTokens: 7 },
    },
  },
  // To 1.77 what Anthropic wrote to its cache is not in the total.
  ...["{'cached_tokens': 600}", "{'cached_tokens': 600, 'cache_creation_tokens': 100}"].map(
    (details, index) => ({
      scope: 'litellm',
      name: 'litellm_request',
      attributes: {
        'llm.request.type': 'completion',
        'gen_ai.request.model': 'claude-sonnet-4-5',
        'gen_ai.usage.prompt_tokens': 900 + index * 100,
        'gen_ai.usage.completion_tokens': 3,
        'llm.usage.total_tokens': 903 + index * 100,
        'metadata.usage_object': `{'completion_tokens': 3, 'prompt_tokens_details': ${details}, 'cache_creation_input_tokens': 100, 'cache_read_input_tokens': 600}`,
      },
      reads: { usage: { inputTokens: 1000, cacheReadTokens: 600, cacheWriteTokens: 100, outputTokens: 3 } },
    }),
  ),
  // For how long Claude's cache is kept.
  {
    scope: 'litellm',
    name: 'litellm_request',
    attributes: {
      'llm.request.type': 'acompletion',
      'gen_ai.request.model': 'claude-sonnet-4-5',
      'gen_ai.usage.prompt_tokens': 1000,
      'gen_ai.usage.completion_tokens': 3,
      'metadata.usage_object':
        "{'completion_tokens': 3, 'prompt_tokens': 1000, 'prompt_tokens_details': {'cached_tokens': 600, 'cache_creation_tokens': 100, 'cache_creation_token_details': {'ephemeral_5m_input_tokens': 70, 'ephemeral_1h_input_tokens': 30}}, 'cache_creation_input_tokens': 100}",
    },
    reads: {
      usage: {
        inputTokens: 1000,
        cacheReadTokens: 600,
        cacheWriteTokens: 100,
        cacheWrite5mTokens: 70,
        cacheWrite1hTokens: 30,
        outputTokens: 3,
      },
    },
  },
  {
    scope: 'litellm',
    name: 'litellm_request',
    attributes: { 'llm.request.type': 'aresponses', 'metadata.usage_object': "{'prompt_tokens': 100}" },
    reads: { role: 'call', usage: {} },
  },
  // The second version: the model's own name is beside the one it is known by to those who call the proxy.
  {
    scope: 'litellm',
    name: 'chat house-model',
    attributes: {
      'litellm.api_key.hash': 'key',
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'anthropic',
      'gen_ai.request.model': 'house-model',
      'gen_ai.response.model': 'house-model',
      'gen_ai.usage.input_tokens': 100,
      'gen_ai.usage.output_tokens': 20,
      'litellm.call_type': 'acompletion',
      'litellm.provider.model': 'anthropic/claude-sonnet-4-5',
    },
    reads: { role: 'call', responseModel: 'anthropic/claude-sonnet-4-5' },
  },
  // By the SDK.
  {
    scope: 'litellm',
    name: 'litellm_request',
    attributes: {
      'llm.request.type': 'completion',
      'gen_ai.request.model': 'claude-opus-4-1-20250805',
      'gen_ai.response.model': 'claude-opus-4-1-20250805',
      'litellm.provider.model': 'anthropic/claude-opus-4-1-20250805',
      'gen_ai.usage.input_tokens': 100,
    },
    reads: { role: 'call', responseModel: 'claude-opus-4-1-20250805' },
  },
  // It writes the model asked for on its router's span and on those of others, which are no calls.
  ...['litellm', 'fastapi'].map((scope) => ({
    scope,
    name: 'route house-model',
    attributes: { 'litellm.api_key.hash': 'key', 'gen_ai.request.model': 'house-model' },
    reads: { role: 'step' as const },
  })),
  // Nor does it speak for a library's call within the proxy.
  {
    scope: 'opentelemetry.instrumentation.anthropic',
    name: 'anthropic.chat',
    attributes: {
      'litellm.api_key.hash': 'key',
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'anthropic',
      'gen_ai.request.model': 'claude-sonnet-4-5',
      'gen_ai.usage.input_tokens': 100,
      'gen_ai.usage.cache_read.input_tokens': 600,
      'gen_ai.usage.output_tokens': 20,
    },
    reads: { role: 'call', usage: { inputTokens: 700, cacheReadTokens: 600, outputTokens: 20 } },
  },
]
