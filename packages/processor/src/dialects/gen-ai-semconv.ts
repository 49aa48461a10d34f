import type { SpanView } from '../otlp/types.ts'
import { roleOfOperation } from './operations.ts'
import type { Dialect, DialectReading } from './types.ts'
import { count, flag, known, knownUsage, number, text } from './values.ts'

/**
 * The conventions themselves, 1.27 to today: `gen_ai.system` and `prompt_tokens` of the first versions,
 * `cache_creation` (to 1.41) and `cache_write` (since). Their input includes cached tokens, but not every emitter of
 * these names heeds that, so the numbers have the last word.
 * https://github.com/open-telemetry/semantic-conventions-genai
 */
export const genAiSemconv: Dialect = {
  name: 'gen-ai-semconv',

  attributes: ['gen_ai.'],

  read(span): DialectReading {
    const operation = text(span, 'gen_ai.operation.name')
    return known<DialectReading>({
      role: roleOfOperation(operation),
      operation,
      provider: text(span, 'gen_ai.provider.name', 'gen_ai.system'),
      requestModel: text(span, 'gen_ai.request.model'),
      responseModel: text(span, 'gen_ai.response.model'),
      conversationId: text(span, 'gen_ai.conversation.id'),
      workflowName: text(span, 'gen_ai.workflow.name'),
      agentName: text(span, 'gen_ai.agent.name'),
      streaming: flag(span, 'gen_ai.request.stream', 'gen_ai.request.is_stream'),
      timeToFirstChunkSeconds: number(span, 'gen_ai.response.time_to_first_chunk'),
      errorType: text(span, 'error.type'),
      host: text(span, 'server.address'),
      region: text(span, 'cloud.region', 'aws.region'),
      serviceTier: text(span, 'openai.response.service_tier', 'gen_ai.openai.response.service_tier'),
      usage: readUsage(span),
      totalTokens: count(span, 'gen_ai.usage.total_tokens'),
      declaredCost: readDeclaredCost(span),
    })
  },
}

function readUsage(span: SpanView): DialectReading['usage'] {
  return knownUsage({
    inputTokens: count(span, 'gen_ai.usage.input_tokens', 'gen_ai.usage.prompt_tokens'),
    cacheReadTokens: count(
      span,
      'gen_ai.usage.cache_read.input_tokens',
      'gen_ai.usage.cache_read_input_tokens',
      'gen_ai.usage.cache_read_tokens',
      'gen_ai.usage.cached_input_tokens',
    ),
    cacheWriteTokens: count(
      span,
      'gen_ai.usage.cache_write.input_tokens',
      'gen_ai.usage.cache_creation.input_tokens',
      'gen_ai.usage.cache_creation_input_tokens',
      'gen_ai.usage.cache_write_input_tokens',
      'gen_ai.usage.cache_write_tokens',
    ),
    outputTokens: count(span, 'gen_ai.usage.output_tokens', 'gen_ai.usage.completion_tokens'),
    reasoningTokens: count(
      span,
      'gen_ai.usage.reasoning.output_tokens',
      'gen_ai.usage.reasoning_tokens',
      'gen_ai.usage.thoughts_tokens',
    ),
    audioInputTokens: count(span, 'gen_ai.usage.audio.input_tokens', 'gen_ai.usage.input_audio_tokens'),
    audioOutputTokens: count(span, 'gen_ai.usage.audio.output_tokens', 'gen_ai.usage.output_audio_tokens'),
    audioCacheReadTokens: count(span, 'gen_ai.usage.audio.cache_read.input_tokens'),
    imageInputTokens: count(span, 'gen_ai.usage.image.input_tokens'),
    imageOutputTokens: count(span, 'gen_ai.usage.image.output_tokens'),
    imageCacheReadTokens: count(span, 'gen_ai.usage.image.cache_read.input_tokens'),
    videoInputTokens: count(span, 'gen_ai.usage.video.input_tokens'),
    videoOutputTokens: count(span, 'gen_ai.usage.video.output_tokens'),
  })
}

/** `source` "local" is another program's estimate, which ours is better than. */
function readDeclaredCost(span: SpanView): DialectReading['declaredCost'] {
  const amount = number(span, 'gen_ai.usage.cost.amount')
  if (amount === undefined || text(span, 'gen_ai.usage.cost.source') !== 'provider') return undefined
  return { amount, currency: text(span, 'gen_ai.usage.cost.currency') ?? 'USD' }
}
