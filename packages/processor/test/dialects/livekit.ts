import type { DialectCall } from './types.ts'

const json = JSON.stringify

export const calls: readonly DialectCall[] = [
  {
    scope: 'livekit-agents',
    name: 'llm_request',
    attributes: {
      'gen_ai.request.model': 'gpt-4.1',
      'gen_ai.usage.input_tokens': 100,
      'gen_ai.usage.output_tokens': 5,
      'lk.llm_metrics': json({
        ttft: 0.25,
        prompt_tokens: 100,
        prompt_cached_tokens: 64,
        completion_tokens: 5,
        total_tokens: 105,
        metadata: { model_name: 'gpt-4.1', model_provider: 'api.openai.com' },
      }),
    },
    reads: {
      role: 'call',
      provider: 'openai',
      host: 'api.openai.com',
      requestModel: 'gpt-4.1',
      timeToFirstChunkSeconds: 0.25,
      usage: { inputTokens: 100, cacheReadTokens: 64, outputTokens: 5 },
      cachedInput: 'included',
    },
  },
  {
    scope: 'livekit-agents',
    name: 'agent_turn',
    attributes: {
      'gen_ai.request.model': 'gpt-realtime',
      // Of one version the text alone.
      'gen_ai.usage.input_tokens': 30,
      'gen_ai.usage.output_tokens': 10,
      'lk.realtime_model_metrics': json({
        ttft: -1,
        input_tokens: 100,
        output_tokens: 50,
        total_tokens: 150,
        input_token_details: {
          text_tokens: 30,
          audio_tokens: 70,
          cached_tokens: 20,
          cached_tokens_details: { text_tokens: 5, audio_tokens: 15 },
        },
        output_token_details: { text_tokens: 10, audio_tokens: 40 },
      }),
    },
    reads: {
      role: 'call',
      usage: {
        inputTokens: 100,
        cacheReadTokens: 20,
        audioInputTokens: 70,
        audioCacheReadTokens: 15,
        outputTokens: 50,
        audioOutputTokens: 40,
      },
    },
  },
  {
    scope: 'livekit-agents',
    name: 'tts_request',
    attributes: {
      'lk.tts_metrics': json({
        ttfbMs: 120,
        charactersCount: 42,
        metadata: { modelName: 'tts-1', modelProvider: 'openai' },
      }),
    },
    reads: {
      role: 'call',
      operation: 'text_to_speech',
      provider: 'openai',
      requestModel: 'tts-1',
      timeToFirstChunkSeconds: 0.12,
      usage: { characters: 42 },
    },
  },
  {
    scope: 'livekit-agents',
    name: 'llm_node',
    attributes: { 'gen_ai.request.model': 'gpt-4.1' },
    reads: { role: 'step', requestModel: 'gpt-4.1' },
  },
  {
    scope: 'livekit-agents',
    name: 'llm_request',
    attributes: { 'gen_ai.request.model': 'gpt-4.1', 'error.type': 'APIStatusError' },
    reads: { role: 'call', errorType: 'APIStatusError' },
  },
  // A node that calls a model by itself, and decisions: no metrics tell of them.
  {
    scope: 'livekit-agents',
    name: 'llm_node',
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.request.model': 'gpt-4.1',
      'gen_ai.usage.input_tokens': 100,
      'gen_ai.usage.output_tokens': 20,
    },
    reads: { role: 'call', usage: { inputTokens: 100, outputTokens: 20 } },
  },
  {
    scope: 'livekit-agents',
    name: 'agent_turn',
    attributes: { 'gen_ai.operation.name': 'invoke_agent', 'gen_ai.usage.input_tokens': 100 },
    reads: { role: 'step' },
  },
]
