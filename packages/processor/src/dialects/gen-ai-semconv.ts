import { byText } from '../otlp/by-text.ts'
import { hasName, hasPrefix } from '../otlp/span-shape.ts'
import type { SpanView } from '../otlp/types.ts'
import { inUsd } from './readers/declared-cost.ts'
import { tableReader } from './readers/field-table.ts'
import { roleInHostedAgent } from './readers/hosted-agents.ts'
import { roleOfOperation } from './readers/operations.ts'
import { isFramework } from './readers/provider-names.ts'
import { roleOfSpanKind } from './readers/span-kinds.ts'
import { readUsageDetails } from './readers/usage-details.ts'
import { number, text } from './readers/values.ts'
import type { Dialect, DialectReading, SpanRole } from './types.ts'

/** The third is documented by Cloudflare's AI gateway; the last is common in spans that are written by hand. */
const PROVIDER_NAMES = [
  'gen_ai.provider.name',
  'gen_ai.system',
  'gen_ai.model.provider',
  'gen_ai.provider',
] as const

const readFields = tableReader({
  texts: {
    operation: ['gen_ai.operation.name'],
    provider: PROVIDER_NAMES,
    // The others are common in spans that are written by hand.
    requestModel: ['gen_ai.request.model', 'gen_ai.model', 'gen_ai.model_id'],
    // The second is Higress's, which may not know the requested model.
    responseModel: ['gen_ai.response.model', 'gen_ai.model_name'],
    workflowName: ['gen_ai.workflow.name'],
    agentName: ['gen_ai.agent.name'],
    errorType: ['error.type'],
    host: ['server.address'],
    region: ['cloud.region', 'aws.region'],
    serviceTier: [
      'openai.response.service_tier',
      'gen_ai.openai.response.service_tier',
      'gen_ai.response.service_tier',
    ],
  },
  counts: { totalTokens: ['gen_ai.usage.total_tokens'] },
  // The second is the AI SDK 7's, the third vLLM's.
  numbers: {
    timeToFirstChunkSeconds: [
      'gen_ai.response.time_to_first_chunk',
      'gen_ai.client.operation.time_to_first_chunk',
      'gen_ai.latency.time_to_first_token',
    ],
  },
  flags: { streaming: ['gen_ai.request.stream', 'gen_ai.request.is_stream', 'gen_ai.response.streaming'] },
  usageCounts: {
    inputTokens: [
      'gen_ai.usage.input_tokens',
      'gen_ai.usage.prompt_tokens',
      'gen_ai.response.usage.input_tokens',
      'gen_ai.response.usage.prompt_tokens',
    ],
    cacheReadTokens: [
      'gen_ai.usage.cache_read.input_tokens',
      'gen_ai.usage.cache_read_input_tokens',
      'gen_ai.usage.cache_read_tokens',
      'gen_ai.usage.cached_input_tokens',
      'gen_ai.usage.input_cached_tokens',
      'gen_ai.usage.cached_tokens',
      'gen_ai.usage.input_tokens_cached',
      'gen_ai.usage.cached_prompt_tokens',
      'gen_ai.usage.cached_prompt_text_tokens',
      'gen_ai.usage.input_tokens.cache_read',
      'gen_ai.usage.cache.read_input_tokens',
      'gen_ai.usage.cache_hit_tokens',
      'gen_ai.usage.cache_tokens',
      'agentscope.usage.cache_input_tokens',
    ],
    cacheWriteTokens: [
      'gen_ai.usage.cache_write.input_tokens',
      'gen_ai.usage.cache_creation.input_tokens',
      'gen_ai.usage.cache_creation_input_tokens',
      'gen_ai.usage.cache_write_input_tokens',
      'gen_ai.usage.cache_write_tokens',
      'gen_ai.usage.cache_creation_tokens',
      'gen_ai.usage.cache_create_input_tokens',
      'gen_ai.usage.input_tokens.cache_write',
      'gen_ai.usage.input_tokens.cache_creation',
      'gen_ai.usage.cache.creation_input_tokens',
      'agentscope.usage.cache_creation_input_tokens',
    ],
    // The first is Mastra's.
    cacheWrite5mTokens: [
      'gen_ai.usage.cache_creation.5m_input_tokens',
      'gen_ai.usage.cache_creation.ephemeral_5m_input_tokens',
      'gen_ai.usage.cache_creation_5m_input_tokens',
      'gen_ai.usage.cache_write_5m_input_tokens',
      'gen_ai.usage.cache_write_5m_tokens',
      'gen_ai.usage.cache_creation.ephemeral_5m.input_tokens',
      'dash0.gen_ai.usage.cache_creation.ephemeral_5m.input_tokens',
    ],
    cacheWrite1hTokens: [
      'gen_ai.usage.cache_creation.1h_input_tokens',
      'gen_ai.usage.cache_creation.ephemeral_1h_input_tokens',
      'gen_ai.usage.cache_creation_1h_input_tokens',
      'gen_ai.usage.cache_write_1h_input_tokens',
      'gen_ai.usage.cache_write_1h_tokens',
      'gen_ai.usage.cache_creation.ephemeral_1h.input_tokens',
      'dash0.gen_ai.usage.cache_creation.ephemeral_1h.input_tokens',
    ],
    outputTokens: [
      'gen_ai.usage.output_tokens',
      'gen_ai.usage.completion_tokens',
      'gen_ai.response.usage.output_tokens',
      'gen_ai.response.usage.completion_tokens',
    ],
    reasoningTokens: [
      'gen_ai.usage.reasoning.output_tokens',
      'gen_ai.usage.reasoning_output_tokens',
      'gen_ai.usage.reasoning_tokens',
      'gen_ai.usage.thoughts_tokens',
      'gen_ai.usage.thinking_tokens',
      'gen_ai.usage.thought_tokens',
      'gen_ai.usage.output_reasoning_tokens',
    ],
    audioInputTokens: [
      'gen_ai.usage.audio.input_tokens',
      'gen_ai.usage.input_audio_tokens',
      'gen_ai.usage.audio_input_tokens',
    ],
    audioOutputTokens: [
      'gen_ai.usage.audio.output_tokens',
      'gen_ai.usage.output_audio_tokens',
      'gen_ai.usage.audio_output_tokens',
    ],
    audioCacheReadTokens: ['gen_ai.usage.audio.cache_read.input_tokens'],
    imageInputTokens: ['gen_ai.usage.image.input_tokens'],
    imageOutputTokens: ['gen_ai.usage.image.output_tokens'],
    imageCacheReadTokens: ['gen_ai.usage.image.cache_read.input_tokens'],
    videoInputTokens: ['gen_ai.usage.video.input_tokens'],
    videoOutputTokens: ['gen_ai.usage.video.output_tokens'],
    // Not in the conventions: transcription and speech by the AI SDK 7.
    characters: ['gen_ai.usage.characters'],
    // Langtrace's, for reranking.
    searchUnits: ['gen_ai.usage.search_units'],
    // From Mistral's SDKs, and from Paid.
    pages: ['mistral_ai.ocr.usage.pages_processed', 'gen_ai.ocr.pages_processed'],
  },
  usageNumbers: { seconds: ['gen_ai.usage.seconds'] },
})

/**
 * The conventions themselves, from 1.27 to today: `gen_ai.system` and `prompt_tokens` of the first versions,
 * `cache_creation` (to 1.41) and `cache_write` (since). Their input includes cached tokens. Not every emitter of these names
 * keeps to that, so the numbers decide.
 * https://github.com/open-telemetry/semantic-conventions-genai
 */
export const genAiSemconv: Dialect = {
  name: 'gen-ai-semconv',
  attributes: ['gen_ai.'],
  // Langfuse and Latitude write the second on every span of a session, whoever emitted it; the third is Laminar's.
  conversation: ['gen_ai.conversation.id', 'session.id', 'lmnr.association.properties.session_id'],

  read(span): DialectReading {
    const reading = readFields(span)
    if (reading.serviceTier !== undefined && isNoTier(reading.serviceTier)) delete reading.serviceTier
    const details = readUsageDetails(span)
    if (details !== undefined) reading.usage = { ...details, ...reading.usage }
    if (reading.provider === undefined && isOfServer(span.shape)) reading.provider = serverOf(span)
    const role = roleInHostedAgent(span, reading) ?? roleOf(span, reading)
    if (role !== undefined) reading.role = role
    const declaredCost = declaresCost(span.shape) ? readDeclaredCost(span) : undefined
    if (declaredCost !== undefined) reading.declaredCost = declaredCost
    return reading
  },
}

/** What OpenLIT for LiteLLM writes instead of a tier: the system fingerprint, or Python's None. */
const isNoTier = byText((tier) => /^(fp_|none$)/i.test(tier))

/**
 * Spans of a self-hosted server (vLLM, SGLang), which name no provider. The maker in the model's id (`mistralai/Mistral-7B`)
 * bills nothing there.
 */
const isOfServer = hasPrefix('gen_ai.latency.')

function serverOf({ scopeName }: SpanView): string {
  return scopeName.startsWith('sglang') ? 'sglang' : 'vllm'
}

function roleOf(span: SpanView, reading: DialectReading): SpanRole | undefined {
  const { operation } = reading
  const stated = roleOfOperation(operation) ?? roleOfSpanKind(span)
  if (stated !== undefined || operation !== undefined) return stated
  return roleOfName(span.name) ?? roleOfTool(span, reading) ?? roleOfAgent(span, reading)
}

const namesTool = hasName('gen_ai.tool.name', 'gen_ai.tool.call.id')

/** The conventions have a span's name begin with the operation, so that it is known even if no attribute states it. */
function roleOfName(name: string): SpanRole | undefined {
  return /^(invoke_agent|create_agent|invoke_workflow|execute_tool)\b/.test(name) ? 'step' : undefined
}

/** The span of a tool: it names no model, whereas a call may name both its model and the tool that the model asked for. */
function roleOfTool(span: SpanView, { requestModel, responseModel }: DialectReading): SpanRole | undefined {
  return (requestModel ?? responseModel) === undefined && namesTool(span.shape) ? 'step' : undefined
}

/** The span of an agent, from a framework that states itself as the provider and names the agent's model. */
function roleOfAgent(span: SpanView, { agentName }: DialectReading): SpanRole | undefined {
  return agentName !== undefined && PROVIDER_NAMES.some((name) => isFramework(text(span, name)))
    ? 'step'
    : undefined
}

const TICKS = 'gen_ai.usage.cost_in_usd_ticks'

const declaresCost = hasName('gen_ai.usage.cost.amount', TICKS)

/**
 * A cost that the provider states. One with `source` "local" is an estimate, and ours is better. xAI's SDK writes what xAI
 * bills, in ticks of 10^-10 USD: https://docs.x.ai/docs/key-information/consumption-and-rate-limits
 */
function readDeclaredCost(span: SpanView): DialectReading['declaredCost'] {
  const ticks = number(span, TICKS)
  if (ticks !== undefined) return inUsd(ticks / 10_000_000_000)
  const amount = number(span, 'gen_ai.usage.cost.amount')
  if (amount === undefined || text(span, 'gen_ai.usage.cost.source') !== 'provider') return undefined
  return { amount, currency: text(span, 'gen_ai.usage.cost.currency') ?? 'USD' }
}
