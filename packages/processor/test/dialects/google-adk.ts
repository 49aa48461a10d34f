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
    // From 2.4 for Python on they are added to it once more.
    scope: 'gcp.vertex.agent',
    name: 'generate_content openai/gpt-4.1',
    attributes: {
      'gen_ai.operation.name': 'generate_content',
      'gen_ai.provider.name': 'openai',
      'gen_ai.agent.name': 'helper',
      'gen_ai.request.model': 'openai/gpt-4.1',
      'gen_ai.usage.input_tokens': 2065,
      'gen_ai.usage.cache_read.input_tokens': 505,
      'gen_ai.usage.output_tokens': 400,
      'gen_ai.usage.reasoning.output_tokens': 65,
    },
    reads: {
      role: 'call',
      provider: 'openai',
      usage: { inputTokens: 2065, cacheReadTokens: 505, outputTokens: 335, reasoningTokens: 65 },
    },
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
  {
    // As Python's versions from 2.0 to 2.4 write it with the newest conventions.
    scope: 'gcp.vertex.agent',
    name: 'generate_content gemini-2.5-pro',
    attributes: {
      'gen_ai.operation.name': 'generate_content',
      'gen_ai.request.model': 'gemini-2.5-pro',
      'gen_ai.agent.name': 'helper',
      'gcp.vertex.agent.event_id': 'f9a7d252',
      'gen_ai.usage.input_tokens': 5260,
      'gen_ai.usage.output_tokens': 292,
    },
    reads: { role: 'step' },
  },
  // For Go: before 0.3 the response alone has the counts, which 0.3 has as attributes, too.
  ...(
    [
      {
        'gcp.vertex.agent.llm_response': json({
          UsageMetadata: {
            promptTokenCount: 5000,
            cachedContentTokenCount: 900,
            candidatesTokenCount: 400,
            thoughtsTokenCount: 600,
            totalTokenCount: 6000,
          },
        }),
      },
      {
        'gen_ai.response.prompt_token_count': 5000,
        'gen_ai.response.cached_content_token_count': 900,
        'gen_ai.response.candidates_token_count': 400,
        'gen_ai.response.total_token_count': 6000,
      },
    ] as const
  ).map((counts) => ({
    scope: 'gcp.vertex.agent',
    name: 'call_llm',
    attributes: {
      'gen_ai.system': 'gcp.vertex.agent',
      'gen_ai.request.model': 'gemini-2.5-pro',
      'gcp.vertex.agent.event_id': 'f9a7d252',
      ...counts,
    },
    reads: {
      role: 'call' as const,
      usage: { inputTokens: 5000, cacheReadTokens: 900, outputTokens: 1000, reasoningTokens: 600 },
    },
  })),
  // Version 0.5, which writes the total in the output's place, and those after it: thoughts untold, beside, and in the output.
  ...(
    [
      [{ 'gen_ai.usage.output_tokens': 6000 }, { outputTokens: 1000 }],
      [{ 'gcp.vertex.agent.event_id': 'f9a7d252', 'gen_ai.usage.output_tokens': 400 }, { outputTokens: 400 }],
      [
        {
          'gcp.vertex.agent.event_id': 'f9a7d252',
          'gen_ai.usage.output_tokens': 400,
          'gen_ai.usage.cache_read.input_tokens': 900,
          'gen_ai.usage.experimental.reasoning_tokens': 600,
        },
        { cacheReadTokens: 900, outputTokens: 1000, reasoningTokens: 600 },
      ],
      [
        {
          'gcp.vertex.agent.event_id': 'f9a7d252',
          'gen_ai.usage.output_tokens': 1000,
          'gen_ai.usage.cache_read.input_tokens': 900,
          'gen_ai.usage.reasoning.output_tokens': 600,
        },
        { cacheReadTokens: 900, outputTokens: 1000, reasoningTokens: 600 },
      ],
    ] as const
  ).map(([counts, told]) => ({
    scope: 'gcp.vertex.agent',
    name: 'generate_content gemini-2.5-pro',
    attributes: {
      'gen_ai.operation.name': 'generate_content',
      'gen_ai.request.model': 'gemini-2.5-pro',
      'gen_ai.usage.input_tokens': 5000,
      ...counts,
    },
    reads: {
      role: 'call' as const,
      provider: 'gcp.gemini',
      usage: { inputTokens: 5000, ...told },
    },
  })),
  {
    attributes: {
      'gen_ai.request.model': 'gemini-2.5-flash',
      'gen_ai.usage.input_tokens': 90,
      'gen_ai.usage.output_tokens': 10,
      'gen_ai.usage.experimental.reasoning_tokens': 30,
    },
    reads: { usage: { inputTokens: 90, outputTokens: 40, reasoningTokens: 30 } },
  },
]
