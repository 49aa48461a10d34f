import type { DialectCall } from './types.ts'

const json = JSON.stringify

export const calls: readonly DialectCall[] = [
  {
    scope: 'gcp.vertex.agent',
    name: 'call_llm',
    attributes: {
      'gen_ai.system': 'gcp.vertex.agent',
      'gen_ai.request.model': 'openai/gpt-4o',
      'gcp.vertex.agent.llm_response': '{}',
      'gen_ai.usage.input_tokens': 90,
      'gen_ai.usage.output_tokens': 10,
      'gen_ai.usage.experimental.reasoning_tokens': 30,
    },
    reads: {
      role: 'call',
      provider: 'openai',
      usage: { inputTokens: 90, outputTokens: 40, reasoningTokens: 30 },
    },
  },
  {
    scope: 'gcp.vertex.agent',
    name: 'call_llm',
    attributes: {
      'gen_ai.system': 'gcp.vertex.agent',
      'gen_ai.request.model': 'gemini-2.5-flash',
      'gcp.vertex.agent.llm_response': json({
        usage_metadata: {
          prompt_token_count: 90,
          candidates_token_count: 10,
          thoughts_token_count: 30,
          cached_content_token_count: 50,
          prompt_tokens_details: [
            { modality: 'TEXT', token_count: 70 },
            { modality: 'AUDIO', token_count: 20 },
          ],
        },
      }),
    },
    reads: {
      role: 'call',
      provider: 'gcp.gemini',
      usage: {
        inputTokens: 90,
        audioInputTokens: 20,
        cacheReadTokens: 50,
        outputTokens: 40,
        reasoningTokens: 30,
      },
    },
  },
  {
    // Thoughts that the total has no room for are among the candidates.
    scope: 'gcp.vertex.agent',
    name: 'call_llm',
    attributes: {
      'gen_ai.request.model': 'gemini-2.5-flash',
      'gcp.vertex.agent.llm_response': json({
        usage_metadata: {
          prompt_token_count: 10,
          candidates_token_count: 50,
          thoughts_token_count: 30,
          total_token_count: 60,
        },
      }),
    },
    reads: { usage: { inputTokens: 10, outputTokens: 50, reasoningTokens: 30 } },
  },
  {
    // LiteLLM's output has thoughts in it.
    scope: 'gcp.vertex.agent',
    name: 'call_llm',
    attributes: {
      'gen_ai.request.model': 'openai/gpt-5',
      'gen_ai.usage.input_tokens': 10,
      'gen_ai.usage.output_tokens': 50,
      'gen_ai.usage.experimental.reasoning_tokens': 30,
    },
    reads: { usage: { inputTokens: 10, outputTokens: 50, reasoningTokens: 30 } },
  },
  {
    // Beneath the span of the same call that tells of thoughts and cached tokens, too.
    scope: 'gcp.vertex.agent',
    name: 'generate_content gemini-2.5-pro',
    attributes: {
      'gen_ai.system': 'gemini',
      'gen_ai.operation.name': 'generate_content',
      'gen_ai.request.model': 'gemini-2.5-pro',
      'gcp.vertex.agent.event_id': 'f9a7d252',
      'gen_ai.usage.input_tokens': 5260,
      'gen_ai.usage.output_tokens': 292,
    },
    reads: { role: 'step' },
  },
  {
    scope: 'gcp.vertex.agent',
    name: 'generate_content gemini-2.5-pro',
    attributes: {
      'gen_ai.provider.name': 'gcp.gemini',
      'gen_ai.operation.name': 'generate_content',
      'gen_ai.request.model': 'gemini-2.5-pro',
      'gcp.vertex.agent.event_id': '5f35d0f6',
      'gen_ai.usage.input_tokens': 5260,
      'gen_ai.usage.output_tokens': 1008,
      'gen_ai.usage.cache_read.input_tokens': 608,
      'gen_ai.usage.reasoning.output_tokens': 716,
    },
    reads: {
      role: 'call',
      usage: { inputTokens: 5260, cacheReadTokens: 608, outputTokens: 1008, reasoningTokens: 716 },
    },
  },
]
