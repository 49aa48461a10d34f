import type { Usage } from '@spanmeter/pricing'
import type { SpanView } from '../otlp/types.ts'
import { readRawUsage } from './readers/raw-usage.ts'
import { asCount, type JsonObject, known, object, text } from './readers/values.ts'
import type { Dialect, DialectReading, SpanRole } from './types.ts'

const roles: Readonly<Record<string, SpanRole>> = { generation: 'call', embedding: 'call' }

const OPENAI_CLIENT = 'OpenAI-generation'

/**
 * The Langfuse SDKs. `usage_details` holds either a provider's own usage object or Langfuse's buckets, of which each
 * token is in one only: `input` is then what no other `input...` or `cache...` bucket has.
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
      operation: type === 'embedding' ? 'embeddings' : type === 'generation' ? 'chat' : undefined,
      responseModel: model,
      timeToFirstChunkSeconds: firstChunkSeconds(span),
      serviceTier: tierOf(details),
      // The client of OpenAI has one scope with the callback of LangChain, and one name for its calls.
      instrumentation: span.name === OPENAI_CLIENT ? OPENAI_CLIENT : undefined,
      ...(details === undefined
        ? {}
        : details.input === undefined
          ? readRawUsage(details)
          : {
              usage: readBuckets(details),
              totalTokens: asCount(details.total),
              cachedInput: 'included' as const,
            }),
    })
  },
}

/** LangChain's counts of OpenAI's calls are by tier where it is another than the usual one. */
function tierOf(details: JsonObject | undefined): string | undefined {
  if (details?.input_priority !== undefined) return 'priority'
  return details?.input_flex === undefined ? undefined : 'flex'
}

/** The moment of the first token, as JSON prints it: with quotes, and by Python to the microsecond. */
function firstChunkSeconds(span: SpanView): number | undefined {
  const moment = Date.parse(
    text(span, 'langfuse.observation.completion_start_time')?.replaceAll('"', '') ?? '',
  )
  const seconds = (moment - span.startUnixMillis) / 1000
  return seconds >= 0 ? seconds : undefined
}

/** Python SDKs to 3.3 say span of what was started as a span and updated as a generation; no other has usage or a model. */
function typeOf(stated: string | undefined, isGenerated: boolean): string | undefined {
  const type = stated?.toLowerCase()
  return type === 'span' && isGenerated ? 'generation' : type
}

/**
 * Bucket names say what they hold: `input_cached_tokens`, `cache_read_input_tokens`, `output_reasoning`, `input_audio`.
 * Others are the user's own units. Some of what LangChain tells apart is there twice: writes to the cache with their
 * split by duration, cached tokens of Gemini with their split by modality, and what is of the priority tier. LiteLLM's
 * integration had parts of the totals for buckets.
 */
function readBuckets(details: JsonObject): Usage {
  const usage: Usage = {}
  const isInclusive = isSum(details)
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
    const isTold = isPriority || (isInclusive && bucket !== 'input' && bucket !== 'output')
    if (!isTold) add(usage, isOutput ? 'outputTokens' : 'inputTokens', tokens)
    if (/audio/.test(bucket)) add(usage, isOutput ? 'audioOutputTokens' : 'audioInputTokens', tokens)
    if (/cache_creation|cache_write/.test(bucket)) add(usage, 'cacheWriteTokens', tokens)
    else if (/cache/.test(bucket)) {
      add(usage, 'cacheReadTokens', tokens)
      if (/audio/.test(bucket)) add(usage, 'audioCacheReadTokens', tokens)
    }
    if (/reasoning|thought|thinking/.test(bucket)) add(usage, 'reasoningTokens', tokens)
  }
  const written = usage.cacheWriteTokens ?? 0
  const beside = isSumOfAll(details) ? writesByDuration : writesByDuration - written
  if (beside > 0 && !isInclusive) add(usage, 'inputTokens', beside)
  if (writesByDuration > written) usage.cacheWriteTokens = writesByDuration
  const uncached = inputBesideCached(details, usage)
  if (uncached > 0) add(usage, 'inputTokens', uncached)
  const spoken = outputBesideThoughts(details, usage)
  if (spoken > 0) add(usage, 'outputTokens', spoken)
  return usage
}

/** Early ones took writes off the input twice, of which LangChain had the split as well: then each bucket is apart. */
function isSumOfAll({ total, ...buckets }: JsonObject): boolean {
  const sum = Object.values(buckets).reduce<number>((tokens, value) => tokens + (asCount(value) ?? 0), 0)
  return sum === asCount(total)
}

/**
 * Its handler for LangChain.js takes what was cached off the input, down to zero, also where that never was in it: of
 * Claude. The total is of before.
 */
function inputBesideCached(details: JsonObject, usage: Usage): number {
  const total = asCount(details.total)
  const { inputTokens = 0, outputTokens = 0 } = usage
  const isShort = asCount(details.input) === 0 && total !== undefined && total < inputTokens + outputTokens
  return isShort ? total - outputTokens : 0
}

/** Those for LangChain take thoughts off the output likewise, which never were in it: of Gemini. */
function outputBesideThoughts(details: JsonObject, usage: Usage): number {
  const total = asCount(details.total) ?? 0
  const { inputTokens = 0, outputTokens = 0, reasoningTokens = 0 } = usage
  const isShort = asCount(details.output) === 0 && reasoningTokens > 0
  return isShort ? total - inputTokens - outputTokens : 0
}

/** A total of these two alone shows that the other buckets are parts of them. */
function isSum({ input, output, total }: JsonObject): boolean {
  const [ofInput, ofOutput] = [asCount(input), asCount(output)]
  return ofInput !== undefined && ofOutput !== undefined && asCount(total) === ofInput + ofOutput
}

function add(usage: Usage, part: keyof Usage, tokens: number): void {
  usage[part] = (usage[part] ?? 0) + tokens
}
