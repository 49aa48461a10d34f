import type { Usage } from '@spanmeter/pricing'
import { byShape, hasPrefix } from '../otlp/span-shape.ts'
import type { SpanView } from '../otlp/types.ts'
import { inUsd } from './readers/declared-cost.ts'
import { roleOfOperation } from './readers/operations.ts'
import { readRawUsage } from './readers/raw-usage.ts'
import {
  asNumber,
  asObject,
  asText,
  count,
  flag,
  type JsonObject,
  known,
  number,
  object,
  printedObject,
  text,
} from './readers/values.ts'
import type { Dialect, DialectReading } from './types.ts'

/** From call types to the conventions' operations. Those of the asynchronous API have an `a` in front. */
const operations: Readonly<Record<string, string>> = {
  completion: 'chat',
  responses: 'chat',
  anthropic_messages: 'chat',
  generate_content: 'generate_content',
  generate_content_stream: 'generate_content',
  text_completion: 'text_completion',
  embedding: 'embeddings',
  rerank: 'rerank',
  image_generation: 'image_generation',
  image_edit: 'image_edit',
  transcription: 'transcription',
  speech: 'speech',
  moderation: 'moderation',
  ocr: 'ocr',
  realtime: 'realtime',
}

/** The proxy writes who called it on all its spans, including those of the web framework that it is built on. */
const STAMPS = ['litellm.api_key.', 'litellm.team.', 'litellm.metadata.'] as const

/** It does the same with the requested model. A span of a call also has one of these. */
const ofCalls: ReadonlySet<string> = new Set([
  'gen_ai.operation.name',
  'gen_ai.provider.name',
  'gen_ai.system',
  'litellm.call_type',
  'llm.request.type',
  'openinference.span.kind',
  'traceloop.span.kind',
])

const isStamped = hasPrefix(...STAMPS)

const isStampedOnly = byShape(
  (shape) =>
    isStamped(shape) && !shape.names.some((name) => ofCalls.has(name) || name.startsWith('gen_ai.usage.')),
)

/**
 * The LiteLLM proxy and SDK: `litellm_request` is the call, and `raw_gen_ai_request` beneath it repeats what was sent. Input
 * includes cached tokens for every provider, and LiteLLM states what it charged. Only the totals of the usage are attributes;
 * its details are printed as text in the metadata.
 * https://docs.litellm.ai/docs/observability/opentelemetry_integration
 */
export const liteLlm: Dialect = {
  name: 'litellm',

  attributes: ['gen_ai.cost.total_cost', ...STAMPS],
  scopes: ['litellm'],

  read(span): DialectReading {
    if (isStampedOnly(span.shape)) return { role: 'step' }
    if (!span.scopeName.startsWith('litellm') && isStamped(span.shape)) return {}
    const hidden = object(span, 'hidden_params')
    const operation = operationOf(span)
    const amount =
      number(span, 'litellm.cost.total', 'gen_ai.cost.total_cost', 'gen_ai.cost') ??
      asNumber(hidden?.response_cost)
    // LiteLLM states zero also for models that it knows no price of. Only its own cache answers for nothing.
    const isFree = flag(span, 'litellm.cache_hit') === true
    return known<DialectReading>({
      role: span.name === 'raw_gen_ai_request' ? 'step' : roleOfOperation(operation),
      operation,
      responseModel: answeringModel(span) ?? asText(hidden?.litellm_model_name),
      usage: partsOfUsage(span),
      cachedInput: 'included',
      declaredCost: inUsd(amount || (isFree ? 0 : undefined)),
    })
  },
}

function operationOf(span: SpanView): string | undefined {
  const type = text(span, 'llm.request.type', 'litellm.call_type')
  return type === undefined ? undefined : (operations[type] ?? operations[type.replace(/^_?a/, '')])
}

/**
 * The proxy states the requested name, which the user may have made up, as the model that answered. The SDK's name for the model
 * has the provider in front.
 */
function answeringModel(span: SpanView): string | undefined {
  const model = text(span, 'gen_ai.response.model')
  const isAsAsked = model === undefined || model === text(span, 'gen_ai.request.model')
  const own = text(span, 'litellm.provider.model') ?? model
  return isAsAsked && own?.endsWith(`/${model}`) !== true ? own : model
}

function partsOfUsage(span: SpanView): Usage | undefined {
  const input = count(
    span,
    'gen_ai.usage.input_tokens',
    'gen_ai.usage.prompt_tokens',
    'llm.token_count.prompt',
  )
  const json = input === undefined ? undefined : usageObjectOf(span)
  const { usage } = readRawUsage(json)
  if (input === undefined || usage === undefined) return undefined
  const { inputTokens: _, outputTokens: __, ...parts } = usage
  return { ...parts, inputTokens: input + writesBeside(json, usage) }
}

/** The callbacks for Langfuse, Arize and Phoenix write the metadata in one piece. */
function usageObjectOf(span: SpanView): JsonObject | undefined {
  return printedObject(span, 'metadata.usage_object') ?? asObject(object(span, 'metadata')?.usage_object)
}

/** Up to 1.77 Anthropic's input left out cache writes. Since it includes them, the details state them as well. */
function writesBeside(json: JsonObject | undefined, usage: Usage): number {
  const isIncluded = asObject(json?.prompt_tokens_details)?.cache_creation_tokens !== undefined
  return isIncluded || json?.cache_creation_input_tokens === undefined ? 0 : (usage.cacheWriteTokens ?? 0)
}
