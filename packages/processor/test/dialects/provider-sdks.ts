import type { DialectCall } from './types.ts'

/** Spans of providers' own SDKs, which write the conventions' names and some of their own. */
export const calls: readonly DialectCall[] = [
  // An agent that Azure hosts.
  ...['@azure/ai-projects', 'azure.core.tracing.ext.opentelemetry_span'].map((scope) => ({
    scope,
    name: 'invoke_agent support',
    attributes: {
      'gen_ai.operation.name': 'invoke_agent',
      'gen_ai.provider.name': 'microsoft.foundry',
      'gen_ai.response.model': 'gpt-4o-2024-08-06',
      'gen_ai.usage.input_tokens': 100,
      'gen_ai.usage.output_tokens': 20,
    },
    reads: {
      role: 'call',
      provider: 'azure.ai.inference',
      usage: { inputTokens: 100, outputTokens: 20 },
    } as const,
  })),
  // Mistral's SDKs: a conversation, a message of its answer, and OCR.
  {
    scope: 'mistralai_sdk_tracer',
    attributes: {
      'gen_ai.operation.name': 'invoke_agent',
      'gen_ai.provider.name': 'mistral_ai',
      'gen_ai.request.model': 'mistral-medium-latest',
      'gen_ai.conversation.id': 'conv_1',
      'server.address': 'api.mistral.ai',
      'gen_ai.usage.input_tokens': 100,
      'gen_ai.usage.output_tokens': 20,
    },
    reads: { role: 'call', provider: 'mistral_ai', usage: { inputTokens: 100, outputTokens: 20 } },
  },
  {
    scope: 'mistralai_sdk_tracer',
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'mistral_ai',
      'gen_ai.response.id': 'msg_1',
      'gen_ai.response.model': 'mistral-medium-2508',
    },
    reads: { role: 'step' },
  },
  {
    scope: 'mistralai_sdk_tracer',
    attributes: {
      'gen_ai.operation.name': 'generate_content',
      'gen_ai.provider.name': 'mistral_ai',
      'gen_ai.request.model': 'mistral-ocr-latest',
      'server.address': 'api.mistral.ai',
      'mistral_ai.ocr.usage.pages_processed': 3,
    },
    reads: { role: 'call', provider: 'mistral_ai', usage: { pages: 3 } },
  },
  // xAI's SDK, which counts reasoning beside the output.
  {
    scope: 'xai_sdk.sync.chat',
    name: 'chat.sample grok-3-mini',
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'xai',
      'gen_ai.request.model': 'grok-3-mini',
      'gen_ai.usage.input_tokens': 30,
      'gen_ai.usage.prompt_text_tokens': 30,
      'gen_ai.usage.cached_prompt_text_tokens': 10,
      'gen_ai.usage.output_tokens': 150,
      'gen_ai.usage.reasoning_tokens': 100,
      'gen_ai.usage.total_tokens': 280,
    },
    reads: {
      role: 'call',
      provider: 'x_ai',
      usage: { inputTokens: 30, cacheReadTokens: 10, outputTokens: 250, reasoningTokens: 100 },
    },
  },
  {
    scope: 'xai_sdk.sync.video',
    name: 'video.generate grok-imagine-video',
    attributes: {
      'gen_ai.operation.name': 'generate_video',
      'gen_ai.provider.name': 'xai',
      'gen_ai.request.model': 'grok-imagine-video',
      'gen_ai.usage.input_tokens': 0,
      'gen_ai.usage.output_tokens': 0,
      'gen_ai.usage.cost_in_usd_ticks': 2_500_000_000,
    },
    reads: { role: 'call', provider: 'x_ai', declaredCost: { amount: 0.25, currency: 'USD' } },
  },
]
