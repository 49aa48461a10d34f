import type { Usage } from '@spanmeter/pricing'
import { byShape, hasPrefix } from '../otlp/span-shape.ts'
import type { SpanView } from '../otlp/types.ts'
import { CLAUDE_CODE_SCOPE } from './claude-code.ts'
import { tableReader } from './readers/field-table.ts'
import { type RawUsage, readRawUsage } from './readers/raw-usage.ts'
import { asObject, asText, count, known, knownUsage, object, text } from './readers/values.ts'
import { dropZeroUsage } from './readers/zero-usage.ts'
import type { Dialect, DialectReading, SpanRole } from './types.ts'

const PARTIAL = 'gen_ai.usage.partial.'

/**
 * Pydantic AI and Logfire's own instrumentations: `gen_ai.*`, with parts of the usage under `details`, the provider's usage
 * object under `raw`, and, on spans of agents, the sum of the calls beneath under `aggregated_usage`.
 * https://logfire.pydantic.dev/docs/integrations/llms/pydanticai/
 */
export const logfire: Dialect = {
  name: 'logfire',

  attributes: [
    'logfire.',
    'pydantic_ai.',
    'gen_ai.aggregated_usage.',
    'gen_ai.usage.details.',
    PARTIAL,
    'gen_ai.usage.raw',
  ],
  scopes: ['pydantic-ai'],

  read(span): DialectReading {
    const raw = readRaw(span)
    const usage = withTotals({
      ...raw.usage,
      ...readPartial(span),
      ...readAggregated(span),
      ...readUsage(span),
      ...(isOfGoogle(span.shape) ? readGoogle(span) : undefined),
    })
    return known<DialectReading>({
      role: roleOf(span, usage),
      sumsUp: isClaudeRun(span) ? CLAUDE_CODE_SCOPE : undefined,
      agentName: text(span, 'gen_ai.agent.name', 'agent_name'),
      requestModel: text(span, 'gen_ai.request.model') ?? asText(object(span, 'request_data')?.model),
      ...raw,
      usage,
      cachedInput: countingOf(span, raw),
    })
  },

  /** Of streams by OpenAI's Agents that weren't told their usage. */
  correct(reading, { scopeName }): void {
    if (scopeName === 'logfire.openai_agents') dropZeroUsage(reading)
  },
}

/** Pydantic AI 1 loses the totals beside a genai-prices that is too new for it; the thoughts alone are no usage to bill. */
function withTotals(usage: Usage): Usage | undefined {
  return usage.inputTokens === undefined && usage.outputTokens === undefined ? undefined : usage
}

/** The role, where the operation doesn't show it or is misleading. */
function roleOf(span: SpanView, usage: Usage | undefined): SpanRole | undefined {
  if (isRun(span)) return 'step'
  if (isClaudeRun(span)) return usage === undefined ? 'step' : 'call'
  if (usage === undefined && setsUp.test(text(span, 'url') ?? '')) return 'step'
  const kind = text(span, 'logfire.span_type')
  if (usage === undefined && isOfStream(span))
    return kind === 'log' || span.status === 'error' ? undefined : 'step'
  return isPartial(span.shape) || kind === 'pending_span' || (kind === 'log' && usage === undefined)
    ? 'step'
    : undefined
}

/** URLs of requests that name a model without calling it, or that fetch an earlier answer. */
const setsUp = /\/(assistants|fine_tuning|count_tokens|responses\/\w+)\b/

/**
 * Whether a span without usage is of a stream: it ends when the stream begins, and a log reports the stream at its end. Other
 * calls have usage, except those whose response the application reads itself. Of those the later versions state only the model
 * of the request. Before Logfire named operations, such a log had usage only if the request asked for it.
 */
function isOfStream(span: SpanView): boolean {
  if (!/^logfire\.(openai|anthropic)$/.test(span.scopeName)) return false
  const operation = text(span, 'gen_ai.operation.name')
  const asked = object(span, 'request_data')
  if (operation !== undefined)
    return operation === 'chat' && (asked?.messages === undefined || asked.stream === true)
  return asObject(asked?.stream_options)?.include_usage === true
}

/** Runs of agents, which repeat the usage of their calls. In older versions of Pydantic AI they name no operation. */
function isRun(span: SpanView): boolean {
  const type = text(span, 'sdk_span_type')
  if (type === 'task' || type === 'turn') return true
  const messages = span.attribute('pydantic_ai.all_messages') ?? span.attribute('all_messages_events')
  // Logfire also writes messages on LangChain's calls.
  return (
    messages !== undefined &&
    text(span, 'gen_ai.operation.name') === undefined &&
    (span.scopeName.startsWith('pydantic-ai') || text(span, 'gen_ai.agent.name', 'agent_name') !== undefined)
  )
}

/**
 * A run of Claude's Agent SDK, which counts its turns. It alone has the complete usage; that of the calls beneath it is
 * `partial`, as it was before the answer.
 */
function isClaudeRun(span: SpanView): boolean {
  return span.attribute('num_turns') !== undefined && text(span, 'gen_ai.operation.name') === 'invoke_agent'
}

const isPartial = hasPrefix(PARTIAL)

/**
 * Pydantic AI's totals include cached tokens, whatever the details and the raw object say. Logfire's own instrumentations copy
 * the provider's counts.
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

const GOOGLE =
  /^gen_ai\.usage\.details\.(?:(text|audio|image|video|document)_(prompt|cache|candidates)_tokens|thoughts_token_count)$/

const isOfGoogle = byShape(({ names }) => names.some((name) => GOOGLE.test(name)))

/**
 * Google's counts for each modality, which Pydantic AI puts among the details. Its first versions state the candidates,
 * without the thoughts, as the output; other versions have lost the totals.
 */
function readGoogle(span: SpanView): Usage | undefined {
  const counts: Record<string, number> = {}
  const sums: Record<string, number> = {}
  for (const name of span.shape.names) {
    const [, modality, side = ''] = GOOGLE.exec(name) ?? []
    const tokens = modality === undefined ? undefined : count(span, name)
    if (tokens === undefined) continue
    counts[`${modality}_${side}`] = tokens
    sums[side] = (sums[side] ?? 0) + tokens
  }
  const copied = count(span, 'gen_ai.usage.details.thoughts_token_count')
  const thoughts = copied ?? count(span, 'gen_ai.usage.details.thoughts_tokens') ?? 0
  const output = count(span, 'gen_ai.usage.output_tokens') ?? sums.candidates
  const lacksThoughts = output !== undefined && (copied !== undefined || output === sums.candidates)
  return knownUsage({
    inputTokens: count(span, 'gen_ai.usage.input_tokens') ?? sums.prompt,
    audioInputTokens: counts.audio_prompt,
    imageInputTokens: counts.image_prompt,
    videoInputTokens: counts.video_prompt,
    audioCacheReadTokens: counts.audio_cache,
    outputTokens: lacksThoughts ? output + thoughts : output,
    reasoningTokens: copied,
    audioOutputTokens: counts.audio_candidates,
    imageOutputTokens: counts.image_candidates,
  })
}

const readUsage = usageReader('gen_ai.usage.')
const readAggregated = usageReader('gen_ai.aggregated_usage.')
const readPartial = usageReader(PARTIAL)

function readRaw(span: SpanView): RawUsage {
  return readRawUsage(
    object(span, 'gen_ai.usage.raw') ??
      object(span, 'usage') ??
      asObject(object(span, 'response_data')?.usage) ??
      // OpenAI's Agents: of the rest of a response, attributes have only the totals.
      (span.attribute('response_id') === undefined ? undefined : asObject(object(span, 'response')?.usage)),
  )
}

/** The usage under a prefix. */
function usageReader(prefix: string): (span: SpanView) => Usage {
  const details = `${prefix}details.`
  const readFields = tableReader({
    usageCounts: {
      inputTokens: [`${prefix}input_tokens`, `${details}input_tokens`],
      outputTokens: [`${prefix}output_tokens`, `${details}output_tokens`],
      cacheReadTokens: [
        `${prefix}cache_read.input_tokens`,
        `${details}cache_read_tokens`,
        `${details}cache_read_input_tokens`,
        `${details}cached_tokens`,
        `${details}cached_content_tokens`,
        `${details}cached_content_token_count`,
      ],
      cacheWriteTokens: [
        `${prefix}cache_write.input_tokens`,
        `${prefix}cache_creation.input_tokens`,
        `${details}cache_write_tokens`,
        `${details}cache_creation_input_tokens`,
      ],
      cacheWrite1hTokens: [`${details}ephemeral_1h_input_tokens`],
      reasoningTokens: [
        `${prefix}reasoning.output_tokens`,
        `${details}reasoning_tokens`,
        `${details}thoughts_tokens`,
        `${details}thinking_tokens`,
      ],
      audioCacheReadTokens: [`${details}cache_audio_read_tokens`],
    },
  })
  return (span) => ({ ...readFields(span).usage, ...readAudio(span, details) })
}

/**
 * OpenAI has audio tokens in the details of both prompt and completion, which Pydantic AI merges. Its first versions keep those
 * of the prompt, which cached tokens show; later ones those of the completion, and have the prompt's under another name.
 */
function readAudio(span: SpanView, details: string): Usage | undefined {
  const heard = count(span, `${details}input_audio_tokens`)
  const merged = count(span, `${details}audio_tokens`)
  const isOfPrompt = span.attribute(`${details}cached_tokens`) !== undefined
  return knownUsage({
    audioInputTokens: heard ?? (isOfPrompt ? merged : undefined),
    audioOutputTokens:
      count(span, `${details}output_audio_tokens`) ?? (heard === undefined ? undefined : merged),
  })
}
