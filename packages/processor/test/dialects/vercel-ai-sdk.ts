import type { DialectCall } from './types.ts'

const json = JSON.stringify

export const calls: readonly DialectCall[] = [
  {
    attributes: {
      'ai.operationId': 'ai.streamText.doStream',
      'ai.model.provider': 'openai.responses',
      'ai.model.id': 'gpt-4.1',
      'ai.usage.promptTokens': 100,
      'ai.usage.completionTokens': 9,
      'ai.response.msToFirstChunk': 250,
      'ai.response.providerMetadata': json({
        openai: { cachedPromptTokens: 64, reasoningTokens: 4, serviceTier: 'flex' },
      }),
    },
    reads: {
      role: 'call',
      operation: 'chat',
      provider: 'openai',
      streaming: true,
      timeToFirstChunkSeconds: 0.25,
      serviceTier: 'flex',
      usage: { inputTokens: 100, cacheReadTokens: 64, outputTokens: 9, reasoningTokens: 4 },
      cachedInput: 'included',
    },
  },
  {
    // Version 5 has no attribute for cache writes.
    attributes: {
      'ai.operationId': 'ai.streamText.doStream',
      'ai.model.provider': 'openai.responses',
      'ai.model.id': 'gpt-5.6',
      'ai.usage.inputTokens': 100,
      'ai.usage.cachedInputTokens': 64,
      'ai.usage.outputTokens': 9,
      'ai.response.providerMetadata': json({ openai: { usage: { cacheWriteTokens: 30 } } }),
    },
    reads: {
      usage: { inputTokens: 100, cacheReadTokens: 64, cacheWriteTokens: 30, outputTokens: 9 },
      cachedInput: 'included',
    },
  },
  {
    attributes: {
      'ai.operationId': 'ai.generateText.doGenerate',
      'ai.model.provider': 'anthropic.messages',
      'ai.model.id': 'claude-sonnet-4-5',
      'ai.usage.inputTokens': 10,
      'ai.usage.inputTokenDetails.noCacheTokens': 2,
      'ai.usage.inputTokenDetails.cacheReadTokens': 8,
      'ai.usage.outputTokens': 1,
      'ai.telemetry.metadata.sessionId': 'chat-17',
    },
    reads: {
      usage: { inputTokens: 10, cacheReadTokens: 8, outputTokens: 1 },
      cachedInput: 'included',
      conversationId: 'chat-17',
    },
  },
  {
    attributes: { 'ai.operationId': 'ai.embedMany', 'ai.model.id': 'm', 'ai.usage.tokens': 10 },
    reads: { role: 'wrapper', operation: 'embeddings', usage: { inputTokens: 10 } },
  },
  {
    attributes: {
      'ai.operationId': 'ai.generateText.doGenerate',
      'ai.model.provider': 'amazon-bedrock',
      'ai.model.id': 'anthropic.claude-sonnet-4-5-20250929-v1:0',
      'ai.usage.inputTokens': 10,
      'ai.usage.outputTokens': 1,
      'ai.response.providerMetadata': json({
        bedrock: {
          usage: {
            cacheReadInputTokens: 800,
            cacheWriteInputTokens: 60,
            cacheDetails: [
              { ttl: '5m', inputTokens: 20 },
              { ttl: '1h', inputTokens: 40 },
            ],
          },
        },
      }),
    },
    reads: {
      provider: 'aws.bedrock',
      usage: {
        inputTokens: 870,
        cacheReadTokens: 800,
        cacheWriteTokens: 60,
        cacheWrite5mTokens: 20,
        cacheWrite1hTokens: 40,
        outputTokens: 1,
      },
      cachedInput: 'excluded',
    },
  },
  {
    attributes: {
      'ai.operationId': 'ai.transcribe',
      'ai.model.provider': 'deepgram.transcription',
      'ai.model.id': 'nova-3',
      'ai.usage.seconds': 12.5,
    },
    reads: { role: 'call', operation: 'transcription', provider: 'deepgram', usage: { seconds: 12.5 } },
  },
  {
    attributes: {
      'ai.operationId': 'ai.generateText.doGenerate',
      'ai.model.provider': 'gateway',
      'ai.model.id': 'openai/gpt-4o',
      'ai.response.providerMetadata': json({ gateway: { cost: '0', marketCost: '0.0021' } }),
    },
    reads: { provider: 'vercel_ai_gateway', declaredCost: { amount: 0, currency: 'USD', byok: true } },
  },
  {
    attributes: {
      'ai.operationId': 'ai.generateText.doGenerate',
      'ai.model.provider': 'openrouter.chat',
      'ai.model.id': 'openai/gpt-4o',
      'ai.response.providerMetadata': json({
        openrouter: { usage: { cost: 0.25, costDetails: { upstreamInferenceCost: 4 } } },
      }),
    },
    reads: { provider: 'openrouter', declaredCost: { amount: 4.25, currency: 'USD' } },
  },
  {
    attributes: {
      'ai.operationId': 'ai.generateText.doGenerate',
      'ai.model.provider': 'openrouter.chat',
      'ai.model.id': 'anthropic/claude-3.5-sonnet',
      'ai.usage.promptTokens': 1000,
      'ai.usage.completionTokens': 30,
      'ai.response.providerMetadata': json({
        openrouter: {
          usage: {
            promptTokens: 1000,
            promptTokensDetails: { cachedTokens: 600 },
            completionTokens: 30,
            completionTokensDetails: { reasoningTokens: 10 },
            totalTokens: 1030,
          },
        },
      }),
    },
    reads: {
      usage: { inputTokens: 1000, cacheReadTokens: 600, outputTokens: 30, reasoningTokens: 10 },
      cachedInput: 'included',
    },
  },
  {
    // Without a key of the customer's, what upstream charges is in what OpenRouter does.
    attributes: {
      'ai.operationId': 'ai.generateText.doGenerate',
      'ai.model.provider': 'openrouter.chat',
      'ai.model.id': 'openai/gpt-4o',
      'ai.response.providerMetadata': json({
        openrouter: { usage: { cost: 0.25, costDetails: { upstreamInferenceCost: 0.25 } } },
      }),
    },
    reads: { provider: 'openrouter', declaredCost: { amount: 0.25, currency: 'USD' } },
  },
  {
    attributes: {
      'gen_ai.operation.name': 'ai.transcribe',
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.model': 'whisper-1',
      'gen_ai.usage.seconds': 12.5,
      'ai.telemetry.functionId': 'dictation',
    },
    reads: { role: 'call', provider: 'openai', requestModel: 'whisper-1', usage: { seconds: 12.5 } },
  },
  {
    attributes: {
      'ai.operationId': 'ai.streamText.doStream',
      'ai.model.provider': 'anthropic.messages',
      'ai.model.id': 'claude-sonnet-4-5',
      'ai.usage.inputTokens': 100,
      'ai.usage.cachedInputTokens': 60,
      'ai.usage.outputTokens': 5,
      'ai.usage.totalTokens': 105,
    },
    reads: { usage: { inputTokens: 160, cacheReadTokens: 60, outputTokens: 5 }, cachedInput: 'excluded' },
  },
  {
    attributes: {
      'operation.name': 'ai.generateText greeting',
      'ai.model.id': 'gpt-4o',
      'ai.usage.promptTokens': 3,
    },
    reads: { role: 'wrapper', operation: 'chat' },
  },
  {
    attributes: {
      'ai.operationId': 'ai.streamText.doStream',
      'ai.model.provider': 'anthropic.messages',
      'ai.model.id': 'claude-sonnet-4-5',
      'ai.request.headers.user-agent': 'ai/6.0.68',
      'ai.usage.inputTokens': 100,
      'ai.usage.cachedInputTokens': '{"intValue":"60"}',
    },
    reads: { usage: { inputTokens: 100, cacheReadTokens: 60 }, cachedInput: 'included' },
  },
  {
    name: 'ai.transcribe',
    attributes: {
      'ai.operationId': 'ai.transcribe',
      'ai.model.provider': 'google.generative-ai',
      'ai.model.id': 'gemini-2.5-flash',
      'ai.usage.input_tokens': 20,
      'ai.usage.output_tokens': 4,
      'ai.usage.total_tokens': 31,
    },
    reads: { role: 'call', usage: { inputTokens: 20, outputTokens: 11, reasoningTokens: 7 } },
  },
  {
    // Version 4: details under the provider's name, xAI's reasoning beside the output.
    attributes: {
      'ai.operationId': 'ai.generateText.doGenerate',
      'ai.model.provider': 'xai.chat',
      'ai.model.id': 'grok-3-mini',
      'ai.usage.promptTokens': 100,
      'ai.usage.completionTokens': 9,
      'ai.response.providerMetadata': json({ xai: { cachedPromptTokens: 64, reasoningTokens: 31 } }),
    },
    reads: {
      provider: 'x_ai',
      usage: { inputTokens: 100, cacheReadTokens: 64, outputTokens: 40, reasoningTokens: 31 },
    },
  },
  {
    attributes: {
      'ai.operationId': 'ai.generateText.doGenerate',
      'ai.model.provider': 'deepseek.chat',
      'ai.model.id': 'deepseek-chat',
      'ai.usage.promptTokens': 100,
      'ai.usage.completionTokens': 9,
      'ai.response.providerMetadata': json({
        deepseek: { promptCacheHitTokens: 64, promptCacheMissTokens: 36 },
      }),
    },
    reads: { provider: 'deepseek', usage: { inputTokens: 100, cacheReadTokens: 64, outputTokens: 9 } },
  },
  {
    // Rewritten by Traceloop's SDK, for which the provider is the cloud, and its system Google.
    attributes: {
      'ai.operationId': 'ai.streamText.doStream',
      'ai.sdk.version': '5.0.277',
      'ai.usage.cachedInputTokens': 12_355,
      'gen_ai.provider.name': 'vertex',
      'gen_ai.system': 'Google',
      'gen_ai.request.model': 'claude-sonnet-4-5@20250929',
      'gen_ai.usage.input_tokens': 47_603,
      'gen_ai.usage.cache_creation.input_tokens': 6035,
      'gen_ai.usage.output_tokens': 14_102,
      'gen_ai.usage.total_tokens': 61_705,
    },
    reads: {
      provider: 'gcp.vertex_ai',
      usage: {
        inputTokens: 65_993,
        cacheReadTokens: 12_355,
        cacheWriteTokens: 6035,
        outputTokens: 14_102,
      },
      cachedInput: 'excluded',
    },
  },
  {
    // Rewritten by Traceloop's SDK, which leaves of the metadata the cached tokens and adds the version.
    attributes: {
      'ai.operationId': 'ai.generateText.doGenerate',
      'ai.sdk.version': '5.0.44',
      'gen_ai.provider.name': 'anthropic',
      'gen_ai.request.model': 'claude-sonnet-4-5',
      'gen_ai.usage.input_tokens': 100,
      'gen_ai.usage.cache_read.input_tokens': 60,
      'gen_ai.usage.output_tokens': 5,
      'gen_ai.usage.total_tokens': 105,
    },
    reads: {
      role: 'call',
      usage: { inputTokens: 160, cacheReadTokens: 60, outputTokens: 5 },
      cachedInput: 'excluded',
    },
  },
  {
    attributes: {
      'ai.operationId': 'ai.decide.doDecide',
      'ai.model.provider': 'openai.decision',
      'ai.model.id': 'gpt-5-decide',
      'ai.usage.inputTokens': 40,
      'ai.usage.outputTokens': 3,
    },
    reads: {
      role: 'call',
      operation: 'decision',
      provider: 'openai',
      usage: { inputTokens: 40, outputTokens: 3 },
    },
  },
  {
    // Objects by version 6, which has no details of their input: Bedrock's provider counts all of it.
    attributes: {
      'ai.operationId': 'ai.generateObject.doGenerate',
      'ai.model.provider': 'amazon-bedrock',
      'ai.model.id': 'us.anthropic.claude-sonnet-4-5-20250929-v1:0',
      'ai.usage.promptTokens': 51_380,
      'ai.usage.completionTokens': 15_088,
      'ai.response.providerMetadata': json({
        bedrock: {
          usage: {
            cacheWriteInputTokens: 4522,
            cacheDetails: [
              { inputTokens: 900, ttl: '5m' },
              { inputTokens: 3622, ttl: '1h' },
            ],
          },
          stopSequence: null,
        },
      }),
    },
    reads: {
      usage: {
        inputTokens: 51_380,
        cacheWriteTokens: 4522,
        cacheWrite5mTokens: 900,
        cacheWrite1hTokens: 3622,
        outputTokens: 15_088,
      },
      cachedInput: 'included',
    },
  },
  {
    // Version 6 with Bedrock's provider for version 5, whose input has no cached tokens, and so nothing that is not cached.
    attributes: {
      'ai.operationId': 'ai.streamText.doStream',
      'ai.model.provider': 'amazon-bedrock',
      'ai.model.id': 'us.anthropic.claude-sonnet-4-5-20250929-v1:0',
      'ai.request.headers.user-agent': 'ai/6.0.326',
      'ai.usage.inputTokens': 13_557,
      'ai.usage.inputTokenDetails.cacheReadTokens': 2613,
      'ai.usage.outputTokens': 3064,
      'ai.usage.totalTokens': 16_621,
      'ai.usage.cachedInputTokens': 2613,
      'ai.response.providerMetadata': json({ bedrock: { usage: { cacheWriteInputTokens: 678 } } }),
    },
    reads: {
      usage: { inputTokens: 16_848, cacheReadTokens: 2613, cacheWriteTokens: 678, outputTokens: 3064 },
      cachedInput: 'excluded',
    },
  },
  {
    // And with Google's, which leaves the thoughts beside the output, and out of the total that the SDK makes.
    attributes: {
      'ai.operationId': 'ai.generateText.doGenerate',
      'ai.model.provider': 'google.generative-ai',
      'ai.model.id': 'gemini-2.5-flash',
      'ai.usage.inputTokens': 62_789,
      'ai.usage.outputTokens': 9044,
      'ai.usage.outputTokenDetails.reasoningTokens': 2472,
      'ai.usage.totalTokens': 71_833,
      'ai.response.providerMetadata': json({
        google: {
          usageMetadata: {
            promptTokenCount: 62_789,
            candidatesTokenCount: 9044,
            thoughtsTokenCount: 2472,
            totalTokenCount: 74_305,
          },
        },
      }),
    },
    reads: { usage: { inputTokens: 62_789, outputTokens: 11_516, reasoningTokens: 2472 } },
  },
  // What Google's tools put beside the prompt; around the calls the metadata is the last one's.
  ...[
    { 'ai.operationId': 'ai.generateText.doGenerate', stated: 930, inputTokens: 1000 },
    { 'ai.operationId': 'ai.generateText', stated: 1860, inputTokens: 1860 },
  ].map(({ stated, inputTokens, ...operation }) => ({
    attributes: {
      ...operation,
      'ai.model.provider': 'google.generative-ai',
      'ai.model.id': 'gemini-2.5-flash',
      'ai.usage.inputTokens': stated,
      'ai.usage.outputTokens': 40,
      'ai.response.providerMetadata': json({
        google: {
          usageMetadata: {
            promptTokenCount: 930,
            toolUsePromptTokenCount: 70,
            candidatesTokenCount: 40,
            totalTokenCount: 1040,
          },
        },
      }),
    },
    reads: { usage: { inputTokens, outputTokens: 40 } },
  })),
  // Details that are not all there tell nothing of how the input is counted.
  ...[
    { 'ai.usage.inputTokenDetails.noCacheTokens': 70, 'ai.usage.inputTokenDetails.cacheReadTokens': 20 },
    { 'ai.usage.inputTokenDetails.cacheReadTokens': 20, 'ai.usage.inputTokenDetails.cacheWriteTokens': 10 },
  ].map((details) => ({
    attributes: {
      'ai.operationId': 'ai.generateText.doGenerate',
      'ai.model.provider': 'anthropic.messages',
      'ai.model.id': 'claude-sonnet-4-5',
      'ai.usage.inputTokens': 100,
      ...details,
    },
    reads: {
      usage: {
        inputTokens: 100,
        cacheReadTokens: 20,
        ...('ai.usage.inputTokenDetails.cacheWriteTokens' in details ? { cacheWriteTokens: 10 } : {}),
      },
      cachedInput: 'included' as const,
    },
  })),
  {
    attributes: {
      'ai.operationId': 'ai.generateText.doGenerate',
      'gen_ai.request.model': 'claude-sonnet-4-5',
      'ai.usage.inputTokens': 100,
      'ai.usage.cachedInputTokens': 20,
      'ai.sdk.version': '5.0.1',
    },
    reads: { usage: { inputTokens: 120, cacheReadTokens: 20 }, cachedInput: 'excluded' },
  },
]
