import type { SpanView } from '../otlp/types.ts'
import { type RawUsage, readRawUsage } from './raw-usage.ts'
import type { Dialect, DialectReading } from './types.ts'
import { asObject, asText, count, known, knownUsage, object, text } from './values.ts'

/**
 * Pydantic AI and Logfire's own instrumentations: `gen_ai.*` with parts of usage under `details`, a provider's usage
 * object under `raw`, and on agent spans the sum of the calls beneath under `aggregated_usage`.
 * https://logfire.pydantic.dev/docs/integrations/llms/pydanticai/
 */
export const logfire: Dialect = {
  name: 'logfire',

  attributes: [
    'logfire.',
    'pydantic_ai.',
    'gen_ai.aggregated_usage.',
    'gen_ai.usage.details.',
    'gen_ai.usage.partial.',
    'gen_ai.usage.raw',
  ],
  scopes: ['pydantic-ai'],

  read(span): DialectReading {
    const raw = readRaw(span)
    const type = text(span, 'sdk_span_type')
    return known<DialectReading>({
      role: isRun(span, type) ? 'step' : undefined,
      agentName: text(span, 'gen_ai.agent.name', 'agent_name'),
      requestModel: text(span, 'gen_ai.request.model') ?? asText(object(span, 'request_data')?.model),
      ...raw,
      usage: knownUsage({
        ...raw.usage,
        ...readParts(span, 'gen_ai.usage.partial.'),
        ...readParts(span, 'gen_ai.aggregated_usage.'),
        ...readParts(span, 'gen_ai.usage.'),
      }),
      cachedInput: countingOf(span, raw),
    })
  },
}

/** Agent runs repeat what their calls use; Pydantic AI's older ones name no operation. */
function isRun(span: SpanView, type: string | undefined): boolean {
  return (
    type === 'task' ||
    type === 'turn' ||
    (text(span, 'gen_ai.operation.name') === undefined &&
      (span.attribute('pydantic_ai.all_messages') ?? span.attribute('all_messages_events')) !== undefined)
  )
}

/**
 * Pydantic AI's totals include cached tokens, whatever the details and the raw object beside them do; Logfire's own
 * instrumentations copy the provider's.
 */
function countingOf(span: SpanView, raw: RawUsage): DialectReading['cachedInput'] {
  const stated = count(
    span,
    'gen_ai.usage.input_tokens',
    'gen_ai.aggregated_usage.input_tokens',
    'gen_ai.usage.partial.input_tokens',
  )
  if (stated === undefined && span.attribute('gen_ai.usage.details.input_tokens') !== undefined)
    return 'excluded'
  return stated === undefined || stated === raw.usage?.inputTokens ? raw.cachedInput : 'included'
}

function readRaw(span: SpanView): RawUsage {
  return readRawUsage(
    object(span, 'gen_ai.usage.raw') ??
      object(span, 'usage') ??
      asObject(object(span, 'response_data')?.usage),
  )
}

function readParts(span: SpanView, prefix: string): DialectReading['usage'] {
  return knownUsage({
    inputTokens: count(span, `${prefix}input_tokens`, `${prefix}details.input_tokens`),
    outputTokens: count(span, `${prefix}output_tokens`, `${prefix}details.output_tokens`),
    cacheReadTokens: count(
      span,
      `${prefix}cache_read.input_tokens`,
      `${prefix}details.cache_read_tokens`,
      `${prefix}details.cache_read_input_tokens`,
      `${prefix}details.cached_tokens`,
    ),
    cacheWriteTokens: count(
      span,
      `${prefix}cache_write.input_tokens`,
      `${prefix}cache_creation.input_tokens`,
      `${prefix}details.cache_write_tokens`,
      `${prefix}details.cache_creation_input_tokens`,
    ),
    cacheWrite1hTokens: count(span, `${prefix}details.ephemeral_1h_input_tokens`),
    reasoningTokens: count(
      span,
      `${prefix}reasoning.output_tokens`,
      `${prefix}details.reasoning_tokens`,
      `${prefix}details.thoughts_tokens`,
      `${prefix}details.thinking_tokens`,
    ),
    audioInputTokens: count(span, `${prefix}details.input_audio_tokens`),
    audioCacheReadTokens: count(span, `${prefix}details.cache_audio_read_tokens`),
    audioOutputTokens: count(span, `${prefix}details.output_audio_tokens`),
  })
}
