import { hasName } from '../otlp/span-shape.ts'
import type { SpanView } from '../otlp/types.ts'
import { roleOfOperation } from './readers/operations.ts'
import { asCount, count, known, knownUsage, number, text } from './readers/values.ts'
import type { Dialect, DialectReading } from './types.ts'

/**
 * Sentry's SDKs: `gen_ai.*`, with details of the usage as suffixes of the totals (`ai.*.used` in the oldest SDKs), and the
 * operation in `sentry.op` (`gen_ai.chat`, `ai.chat_completions.create.cohere`).
 * https://docs.sentry.io/platforms/python/tracing/instrumentation/custom-instrumentation/ai-agents-module/
 */
export const sentry: Dialect = {
  name: 'sentry',

  attributes: [
    'sentry.',
    'ai.model_id',
    'ai.prompt_tokens.',
    'ai.completion_tokens.',
    'ai.input_tokens.',
    'ai.output_tokens.',
    'ai.total_tokens.',
    'gen_ai.usage.input_tokens.',
    'gen_ai.usage.output_tokens.',
    'gen_ai.operation.type',
  ],

  read(span): DialectReading {
    const kind = operationOf(span)
    const operation = text(span, 'gen_ai.operation.name') ?? kind
    return known<DialectReading>({
      // The JavaScript SDK gives spans around the AI SDK's calls the operation of the calls; only their kind differs.
      role: opensChat(span) ? 'step' : (roleOfOperation(kind) ?? roleOfOperation(operation)),
      operation,
      provider: text(span, 'gen_ai.provider.name', 'gen_ai.system') ?? providerOf(span),
      requestModel: text(span, 'ai.model_id'),
      agentName: text(span, 'ai.pipeline.name'),
      timeToFirstChunkSeconds: number(span, 'gen_ai.response.time_to_first_token'),
      usage: knownUsage({
        inputTokens: count(span, 'ai.prompt_tokens.used', 'ai.input_tokens.used') ?? inputOfClaude(span),
        cacheReadTokens: count(span, 'gen_ai.usage.input_tokens.cached'),
        cacheWriteTokens: count(span, 'gen_ai.usage.input_tokens.cache_write'),
        audioInputTokens: count(span, 'gen_ai.usage.input_tokens.audio'),
        imageInputTokens: count(span, 'gen_ai.usage.input_tokens.image'),
        outputTokens: count(span, 'ai.completion_tokens.used', 'ai.output_tokens.used'),
        reasoningTokens: count(span, 'gen_ai.usage.output_tokens.reasoning'),
        audioOutputTokens: count(span, 'gen_ai.usage.output_tokens.audio'),
        imageOutputTokens: count(span, 'gen_ai.usage.output_tokens.image'),
      }),
      totalTokens: count(span, 'ai.total_tokens.used'),
      cachedInput: copiesClaude(span) ? 'excluded' : 'included',
    })
  },
}

/** The span of opening a chat with Google's SDK (`chat gemini-2.5-flash create`), which makes no request. */
function opensChat(span: SpanView): boolean {
  return span.name.endsWith(' create') && text(span, 'sentry.origin') === 'auto.ai.google_genai'
}

/** Of Claude's cached tokens, the SDK for JavaScript up to 10.74 states only that they are in the total. */
function inputOfClaude(span: SpanView): number | undefined {
  if (text(span, 'sentry.origin') !== 'auto.ai.anthropic') return undefined
  const total = count(span, 'gen_ai.usage.total_tokens') ?? Number.NaN
  return asCount(total - (count(span, 'gen_ai.usage.output_tokens') ?? Number.NaN))
}

/**
 * Whether the input is Claude's own count, which leaves out cached tokens. So the SDK for JavaScript up to 10.74 does for LangChain,
 * and under these names only; and the one for Python from 2.50 to 2.53, which didn't state the response's id yet.
 */
function copiesClaude(span: SpanView): boolean {
  if (namesCopies(span.shape)) return true
  return !hasResponseId(span.shape) && text(span, 'sentry.origin') === 'auto.ai.anthropic'
}

const namesCopies = hasName(
  'gen_ai.usage.cache_read_input_tokens',
  'gen_ai.usage.cache_creation_input_tokens',
)
const hasResponseId = hasName('gen_ai.response.id')

/** The oldest SDKs name the provider only in the operation. */
function providerOf(span: SpanView): string | undefined {
  return /^ai\.\w+\.create\.(\w+)$/.exec(text(span, 'sentry.op') ?? '')?.[1]
}

function operationOf(span: SpanView): string | undefined {
  const operation = text(span, 'sentry.op')
  if (operation === undefined) return undefined
  if (operation.startsWith('gen_ai.')) return operation.slice('gen_ai.'.length)
  if (/^ai\.(chat_completions|messages)/.test(operation)) return 'chat'
  if (/^ai\.embeddings/.test(operation)) return 'embeddings'
  return /^ai\.(pipeline|run)/.test(operation) ? 'invoke_agent' : undefined
}
