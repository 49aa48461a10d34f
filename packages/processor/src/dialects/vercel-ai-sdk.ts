import { hasPrefix } from '../otlp/span-shape.ts'
import type { SpanView } from '../otlp/types.ts'
import { inUsd } from './readers/declared-cost.ts'
import { countingOfProvider } from './readers/provider-counts.ts'
import { addsUp, type RawUsage, readRawUsage } from './readers/raw-usage.ts'
import {
  asCount,
  asNumber,
  asObject,
  asText,
  count,
  type JsonObject,
  known,
  knownUsage,
  number,
  object,
  text,
} from './readers/values.ts'
import type { CachedInput, Dialect, DialectReading, SpanRole } from './types.ts'

/**
 * The Vercel AI SDK's own telemetry, `ai.*`. One call makes an `ai.generateText` span and, beneath it, an
 * `ai.generateText.doGenerate` span for each request to the provider. What the SDK has no attribute for is in
 * `ai.response.providerMetadata`. Up to version 5, input tokens are the provider's count, which for Anthropic and Bedrock
 * leaves out cached tokens; since version 6 (`inputTokenDetails`) they include them.
 * https://ai-sdk.dev/docs/ai-sdk-core/telemetry
 */
export const vercelAiSdk: Dialect = {
  name: 'vercel-ai-sdk',

  attributes: [
    'ai.operationId',
    'ai.model.',
    'ai.usage.',
    'ai.response.',
    'ai.settings.',
    'ai.telemetry.',
    'ai.prompt',
    'ai.prompt.',
  ],
  // The user's own metadata, under the names that backends ask for.
  conversation: [
    'gen_ai.conversation.id',
    'ai.telemetry.metadata.sessionId',
    'ai.telemetry.metadata.session_id',
    'ai.telemetry.metadata.threadId',
    'ai.telemetry.metadata.thread_id',
    'ai.telemetry.metadata.conversationId',
    'ai.telemetry.metadata.chatId',
  ],

  read(span): DialectReading {
    const operationId = operationIdOf(span)
    const metadata = object(span, 'ai.response.providerMetadata') ?? {}
    const anthropic = asObject(metadata.anthropic)
    const bedrock = asObject(metadata.bedrock)
    const openai = asObject(metadata.openai) ?? asObject(metadata.azure)
    const details = detailsOf(metadata)
    const raw = readRawUsage(
      asObject(anthropic?.usage) ??
        asObject(bedrock?.usage) ??
        asObject(openai?.usage) ??
        asObject(asObject(metadata.google ?? metadata.vertex)?.usageMetadata) ??
        asObject(asObject(metadata.openrouter)?.usage),
    )
    const isEmbedding = operationId?.includes('embed') ?? false
    return known<DialectReading>({
      role: roleOf(operationId),
      operation: operationOf(operationId),
      provider: text(span, 'ai.model.provider'),
      requestModel: text(span, 'ai.model.id'),
      responseModel: text(span, 'ai.response.model'),
      streaming: operationId?.includes('doStream') === true ? true : undefined,
      timeToFirstChunkSeconds: toSeconds(
        number(span, 'ai.response.msToFirstChunk', 'ai.stream.msToFirstChunk'),
      ),
      serviceTier: asText(openai?.serviceTier) ?? raw.serviceTier,
      speed: raw.speed,
      inferenceGeo: raw.inferenceGeo,
      tools: raw.tools,
      usage: knownUsage({
        ...raw.usage,
        inputTokens: inputOf(span, raw) ?? (isEmbedding ? count(span, 'ai.usage.tokens') : undefined),
        cacheReadTokens:
          count(span, 'ai.usage.inputTokenDetails.cacheReadTokens', 'ai.usage.cachedInputTokens') ??
          asCount(details?.cachedPromptTokens) ??
          asCount(details?.promptCacheHitTokens) ??
          asCount(anthropic?.cacheReadInputTokens) ??
          raw.usage?.cacheReadTokens,
        cacheWriteTokens:
          count(span, 'ai.usage.inputTokenDetails.cacheWriteTokens') ??
          asCount(anthropic?.cacheCreationInputTokens) ??
          raw.usage?.cacheWriteTokens,
        outputTokens: outputOf(span, metadata),
        reasoningTokens:
          count(span, 'ai.usage.outputTokenDetails.reasoningTokens', 'ai.usage.reasoningTokens') ??
          asCount(details?.reasoningTokens) ??
          raw.usage?.reasoningTokens,
        // For transcription and speech: the provider's counts, flattened.
        audioInputTokens: count(span, 'ai.usage.input_token_details.audio_tokens'),
        seconds: number(span, 'ai.usage.seconds'),
        characters: count(span, 'ai.usage.characters'),
      }),
      totalTokens:
        raw.totalTokens ??
        count(span, 'ai.usage.totalTokens', 'ai.usage.total_tokens') ??
        (isEmbedding ? undefined : count(span, 'ai.usage.tokens')),
      cachedInput: countingOf(span, metadata),
      declaredCost: readDeclaredCost(metadata),
    })
  },
}

/** Exporters that keep only known attributes drop the id; the operation's name begins with it, too. */
function operationIdOf(span: SpanView): string | undefined {
  const id = text(span, 'ai.operationId')
  if (id !== undefined) return id
  const [name] = (text(span, 'operation.name') ?? span.name).split(' ')
  return name?.startsWith('ai.') === true ? name : undefined
}

function roleOf(operationId: string | undefined): SpanRole | undefined {
  if (operationId === undefined) return undefined
  if (/\.do[A-Z]/.test(operationId) || hasOneSpan.test(operationId)) return 'call'
  return operationId === 'ai.toolCall' ? 'step' : 'wrapper'
}

/** Operations that have no separate span for their request. */
const hasOneSpan = /^ai\.(generateSpeech|transcribe|streamTranscribe|generateImage|generateVideo)$/

function operationOf(operationId: string | undefined): string | undefined {
  return operations.find(([beginning]) => operationId?.startsWith(beginning) === true)?.[1]
}

const operations: readonly (readonly [beginning: string, operation: string])[] = [
  ['ai.embed', 'embeddings'],
  ['ai.rerank', 'rerank'],
  ['ai.decide', 'decision'],
  ['ai.generateText', 'chat'],
  ['ai.streamText', 'chat'],
  ['ai.generateObject', 'chat'],
  ['ai.streamObject', 'chat'],
  ['ai.generateSpeech', 'speech'],
  ['ai.transcribe', 'transcription'],
  ['ai.streamTranscribe', 'transcription'],
  ['ai.generateImage', 'image_generation'],
  ['ai.generateVideo', 'video_generation'],
  ['ai.toolCall', 'execute_tool'],
]

/** Details that versions 4 and 5 keep under the provider's name: `{ deepseek: { promptCacheHitTokens: 64 } }`. */
function detailsOf(metadata: JsonObject): JsonObject | undefined {
  for (const provider in metadata) {
    const kept = asObject(metadata[provider])
    if (kept !== undefined && detailNames.some((name) => kept[name] !== undefined)) return kept
  }
  return undefined
}

const detailNames = ['cachedPromptTokens', 'promptCacheHitTokens', 'reasoningTokens']

/**
 * The SDK leaves out what Google's tools add to the prompt, but the metadata has it. A span around several calls states
 * their sum, and has the metadata of the last call only.
 */
function inputOf(span: SpanView, raw: RawUsage): number | undefined {
  const stated = count(span, 'ai.usage.inputTokens', 'ai.usage.promptTokens', 'ai.usage.input_tokens')
  if (stated === undefined || !addsUp(raw)) return stated
  return Math.max(stated, raw.usage?.inputTokens ?? 0)
}

/** Version 4 copies xAI's output, which leaves out reasoning. */
function outputOf(span: SpanView, metadata: JsonObject): number | undefined {
  const output = count(span, 'ai.usage.outputTokens', 'ai.usage.completionTokens', 'ai.usage.output_tokens')
  return output === undefined ? undefined : output + (asCount(asObject(metadata.xai)?.reasoningTokens) ?? 0)
}

function countingOf(span: SpanView, metadata: JsonObject): CachedInput | undefined {
  const stated = count(span, 'ai.usage.inputTokens', 'ai.usage.promptTokens', 'gen_ai.usage.input_tokens')
  // If the provider's own count is there, comparing with it decides, whatever the versions.
  const raw = readRawUsage(asObject(asObject(metadata.anthropic ?? metadata.bedrock)?.usage)).usage
  if (raw?.inputTokens !== undefined && stated !== undefined)
    return stated === raw.inputTokens ? 'excluded' : 'included'
  if (hasInputDetails(span.shape))
    return copiesExclusive(span) && exceeds(sumOfDetails(span), stated) ? 'excluded' : 'included'
  // Bedrock's provider package states these since shortly after it began to include cached tokens.
  if (asObject(asObject(metadata.bedrock)?.usage)?.cacheDetails !== undefined) return 'included'
  if (metadata.anthropic !== undefined || metadata.bedrock !== undefined) return 'excluded'
  const hasVersion = ['ai.usage.cachedInputTokens', 'ai.sdk.version'].some(
    (name) => span.attribute(name) !== undefined,
  )
  if (!hasVersion || !copiesExclusive(span)) return undefined
  return isSince6(span) ? 'included' : 'excluded'
}

const hasInputDetails = hasPrefix('ai.usage.inputTokenDetails.')

/**
 * The sum of the input's details, normally all of the input. Provider packages for version 5 state only cached tokens, and the
 * first ones of Bedrock for version 6 subtracted cache reads from an input that didn't include them.
 */
function sumOfDetails(span: SpanView): number | undefined {
  const fresh = number(span, 'ai.usage.inputTokenDetails.noCacheTokens')
  const read = count(span, 'ai.usage.inputTokenDetails.cacheReadTokens') ?? 0
  const written = count(span, 'ai.usage.inputTokenDetails.cacheWriteTokens')
  return fresh === undefined && written === undefined ? undefined : (fresh ?? 0) + read + (written ?? 0)
}

/** Whether the details exceed the stated input. Unknown details do. */
function exceeds(details = Number.POSITIVE_INFINITY, stated = 0): boolean {
  return details > stated
}

/** Needed for the first releases of version 6, without `inputTokenDetails`, and for Traceloop, which removes the metadata. */
function isSince6(span: SpanView): boolean {
  const version = text(span, 'ai.sdk.version', 'ai.request.headers.user-agent') ?? ''
  const [, major] = /^(?:ai\/)?([1-9]\d*)\./.exec(version) ?? []
  return Number(major) >= 6
}

/** Whether the provider leaves cached tokens out of the input, which version 5 copies. Traceloop renames the provider. */
function copiesExclusive(span: SpanView): boolean {
  return excludes.test(text(span, 'ai.model.provider') ?? '') || countingOfProvider(span) === 'excluded'
}

const excludes =
  /^(anthropic|amazon-bedrock|bedrock|aws\.bedrock|vertex\.anthropic|google\.vertex\.anthropic)\b/

/**
 * The Vercel AI Gateway and OpenRouter state what they charge. For a call with the customer's own key that is nothing or a fee,
 * and the provider bills the rest.
 */
function readDeclaredCost(metadata: JsonObject): DialectReading['declaredCost'] {
  const gateway = asObject(metadata.gateway)
  const charged = asNumber(gateway?.cost)
  if (charged !== undefined) {
    const byok = charged === 0 && (asNumber(gateway?.marketCost) ?? 0) > 0
    return { amount: charged, currency: 'USD', ...(byok && { byok }) }
  }
  const usage = asObject(asObject(metadata.openrouter)?.usage)
  const cost = asNumber(usage?.cost)
  if (cost === undefined) return undefined
  // Without a key of the customer's, the cost includes the upstream cost.
  const upstream = asNumber(asObject(usage?.costDetails)?.upstreamInferenceCost) ?? 0
  return inUsd(upstream > cost ? cost + upstream : cost)
}

function toSeconds(milliseconds: number | undefined): number | undefined {
  return milliseconds === undefined ? undefined : milliseconds / 1000
}
