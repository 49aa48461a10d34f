import type { Usage } from '@spanmeter/pricing'
import type { SpanView } from '../otlp/types.ts'
import { inUsd } from './readers/declared-cost.ts'
import { readRawUsage } from './readers/raw-usage.ts'
import { asCount, asNumber, type JsonObject, known, object, text } from './readers/values.ts'
import type { Dialect, DialectReading, SpanRole } from './types.ts'

const roles: Readonly<Record<string, SpanRole>> = { generation: 'call', embedding: 'call' }

const OPENAI_CLIENT = 'OpenAI-generation'

/**
 * The Langfuse SDKs. `usage_details` holds either a provider's own usage object or Langfuse's buckets. Each token is in one
 * bucket only: `input` has those that are in no other `input...` or `cache...` bucket.
 * https://langfuse.com/docs/observability/features/token-and-cost-tracking
 */
export const langfuse: Dialect = {
  name: 'langfuse',

  attributes: ['langfuse.observation.', 'langfuse.trace.', 'langfuse.session.'],
  conversation: ['langfuse.session.id', 'session.id'],

  read(span): DialectReading {
    const details = object(span, 'langfuse.observation.usage_details')
    const model = text(span, 'langfuse.observation.model.name')
    const type = typeOf(text(span, 'langfuse.observation.type'), details !== undefined || model !== undefined)
    return known<DialectReading>({
      role: type === undefined ? undefined : (roles[type] ?? 'step'),
      operation: operationOf(type, model),
      responseModel: model,
      timeToFirstChunkSeconds: firstChunkSeconds(span),
      serviceTier: tierOf(details),
      // The wrapper for OpenAI's client shares its scope with the callback for LangChain, but all its calls have this name.
      instrumentation: span.name === OPENAI_CLIENT ? OPENAI_CLIENT : undefined,
      ...(details === undefined
        ? {}
        : details.input === undefined
          ? { ...readRawUsage(details), declaredCost: chargeOf(span) }
          : {
              usage: readBuckets(details),
              totalTokens: asCount(details.total),
              cachedInput: 'included' as const,
            }),
    })
  },
}

/** The wrapper for OpenAI's client passes on what OpenRouter charged, beside its usage object. Failed calls have zeros. */
function chargeOf(span: SpanView): DialectReading['declaredCost'] {
  return inUsd(asNumber(object(span, 'langfuse.observation.cost_details')?.total) || undefined)
}

/** For OpenAI's calls in another tier than the default one, LangChain has counts for that tier. */
function tierOf(details: JsonObject | undefined): string | undefined {
  if (details?.input_priority !== undefined) return 'priority'
  return details?.input_flex === undefined ? undefined : 'flex'
}

/** From the time of the first token, which is stated as JSON text, with its quotes. */
function firstChunkSeconds(span: SpanView): number | undefined {
  const moment = Date.parse(
    text(span, 'langfuse.observation.completion_start_time')?.replaceAll('"', '') ?? '',
  )
  const seconds = (moment - span.startUnixMillis) / 1000
  return seconds >= 0 ? seconds : undefined
}

/** The wrapper for OpenAI's client in JavaScript calls embeddings generations, too. */
function operationOf(type: string | undefined, model = ''): string | undefined {
  if (type === 'embedding' || (type === 'generation' && /embed/i.test(model))) return 'embeddings'
  return type === 'generation' ? 'chat' : undefined
}

/**
 * SDKs for Python up to 3.3 call a generation `span` if it was started as a span and updated later. Real spans have neither
 * usage nor model.
 */
function typeOf(stated: string | undefined, isGenerated: boolean): string | undefined {
  const type = stated?.toLowerCase()
  return type === 'span' && isGenerated ? 'generation' : type
}

/**
 * Bucket names say what they hold: `input_cached_tokens`, `cache_read_input_tokens`, `output_reasoning`, `input_audio`.
 * Other names are the user's own units. Some tokens of LangChain are in two buckets after all: cache writes are split by
 * duration, cached tokens of Gemini by modality, and the priority tier has buckets of its own. By the wrapper for OpenAI's
 * client, xAI's cached tokens are in `input_text_tokens`, too. LiteLLM's integration had buckets that are parts of `input` and
 * `output`.
 */
function readBuckets(details: JsonObject): Usage {
  const usage: Usage = {}
  const total = asCount(details.total)
  // If the total is the sum of these alone, the other buckets are parts of them.
  const includesReasoning = sumOf(details, /^(in|out)put$/) === total
  const includesCached =
    includesReasoning || sumOf(details, /^(in|out)put$|reasoning|thought|thinking/) === total
  let writesByDuration = 0
  for (const [bucket, value] of Object.entries(details)) {
    const tokens = asCount(value)
    if (tokens === undefined) continue
    const isOutput = /^(output|completion)|reasoning|thought|thinking/.test(bucket)
    if (!isOutput && !/^(input|prompt)|cache/.test(bucket)) continue

    const duration = /(cache_creation|cache_write|ephemeral)_.*(5m|1h)/.exec(bucket)?.[2]
    if (duration !== undefined) {
      add(usage, duration === '5m' ? 'cacheWrite5mTokens' : 'cacheWrite1hTokens', tokens)
      writesByDuration += tokens
      continue
    }
    if (details.cached_content_token_count !== undefined && bucket.startsWith('cached_modality_')) continue

    const whole = isOutput ? details.output : details.input
    const isPriority = /^(in|out)put_priority/.test(bucket) && tokens <= (asCount(whole) ?? 0)
    const isInText = /cache/.test(bucket) && details.input_text_tokens !== undefined
    const isPart =
      bucket !== 'input' && bucket !== 'output' && (isOutput ? includesReasoning : includesCached)
    if (!isPriority && !isInText && !isPart) add(usage, isOutput ? 'outputTokens' : 'inputTokens', tokens)
    if (/audio/.test(bucket)) add(usage, isOutput ? 'audioOutputTokens' : 'audioInputTokens', tokens)
    if (/cache_creation|cache_write/.test(bucket)) add(usage, 'cacheWriteTokens', tokens)
    else if (/cache/.test(bucket)) {
      add(usage, 'cacheReadTokens', tokens)
      if (/audio/.test(bucket)) add(usage, 'audioCacheReadTokens', tokens)
    }
    if (/reasoning|thought|thinking/.test(bucket)) add(usage, 'reasoningTokens', tokens)
  }
  const written = usage.cacheWriteTokens ?? 0
  // Early versions subtracted cache writes from the input twice if LangChain also reported them by duration.
  const isSumOfAll = writesByDuration > 0 && sumOf(details, /^(?!total$)/) === total
  const uncounted = isSumOfAll ? writesByDuration : writesByDuration - written
  if (uncounted > 0 && !includesCached) add(usage, 'inputTokens', uncounted)
  if (writesByDuration > written) usage.cacheWriteTokens = writesByDuration
  const input = lostInput(details, usage)
  if (input > 0) add(usage, 'inputTokens', input)
  const output = lostOutput(details, usage)
  if (output > 0) add(usage, 'outputTokens', output)
  return usage
}

/**
 * The handler for LangChain.js subtracts cached tokens from the input, down to zero, even for Claude, whose input never
 * included them. The total was stated before that, so it shows what was lost.
 */
function lostInput(details: JsonObject, usage: Usage): number {
  const total = asCount(details.total)
  const { inputTokens = 0, outputTokens = 0 } = usage
  const isShort = asCount(details.input) === 0 && total !== undefined && total < inputTokens + outputTokens
  return isShort ? total - outputTokens : 0
}

/** The handlers for LangChain likewise subtract thoughts from the output, even for Gemini, whose output never included them. */
function lostOutput(details: JsonObject, usage: Usage): number {
  const total = asCount(details.total) ?? 0
  const { inputTokens = 0, outputTokens = 0, reasoningTokens = 0 } = usage
  const isShort = asCount(details.output) === 0 && reasoningTokens > 0
  return isShort ? total - inputTokens - outputTokens : 0
}

/** The tokens in all buckets of such names. */
function sumOf(details: JsonObject, names: RegExp): number {
  let tokens = 0
  for (const bucket in details) if (names.test(bucket)) tokens += asCount(details[bucket]) ?? 0
  return tokens
}

function add(usage: Usage, part: keyof Usage, tokens: number): void {
  usage[part] = (usage[part] ?? 0) + tokens
}
