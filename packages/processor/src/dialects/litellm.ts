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

/** Call types to the conventions' operations; those of the asynchronous API begin with an `a`. */
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

/** Who calls the proxy is written on every span that it has, also those of the web framework it stands on. */
const STAMPS = ['litellm.api_key.', 'litellm.team.', 'litellm.metadata.'] as const

/** So is the model asked for; a call says more of itself. */
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
 * The LiteLLM proxy and SDK: `litellm_request` is the call, and `raw_gen_ai_request` beneath it repeats what was sent.
 * It includes cached tokens for every provider, and says what it charged. Of the usage only the totals are attributes of
 * their own, the parts are printed among the metadata.
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
      asNumber(hidden?.response_cost) ??
      // Answered from the proxy's own cache: no provider was called.
      (flag(span, 'litellm.cache_hit') === true ? 0 : undefined)
    return known<DialectReading>({
      role: span.name === 'raw_gen_ai_request' ? 'step' : roleOfOperation(operation),
      operation,
      responseModel: answeringModel(span) ?? asText(hidden?.litellm_model_name),
      usage: partsOfUsage(span),
      cachedInput: 'included',
      declaredCost: inUsd(amount),
    })
  },
}

function operationOf(span: SpanView): string | undefined {
  const type = text(span, 'llm.request.type', 'litellm.call_type')
  return type === undefined ? undefined : (operations[type] ?? operations[type.replace(/^_?a/, '')])
}

/** The proxy has every model answer by the name that it was asked for, which may be one of the user's own. */
function answeringModel(span: SpanView): string | undefined {
  const model = text(span, 'gen_ai.response.model')
  const isAsAsked = model === undefined || model === text(span, 'gen_ai.request.model')
  return isAsAsked ? (text(span, 'litellm.provider.model') ?? model) : model
}

function partsOfUsage(span: SpanView): Usage | undefined {
  const input = count(span, 'gen_ai.usage.input_tokens', 'gen_ai.usage.prompt_tokens')
  const json = input === undefined ? undefined : printedObject(span, 'metadata.usage_object')
  const { usage } = readRawUsage(json)
  if (input === undefined || usage === undefined) return undefined
  const { inputTokens: _, outputTokens: __, ...parts } = usage
  return { ...parts, inputTokens: input + writesBeside(json, usage) }
}

/** To 1.77 what was written to the cache stood beside Anthropic's input; since it doesn't, the details tell it as well. */
function writesBeside(json: JsonObject | undefined, usage: Usage): number {
  const isTold = asObject(json?.prompt_tokens_details)?.cache_creation_tokens !== undefined
  return isTold || json?.cache_creation_input_tokens === undefined ? 0 : (usage.cacheWriteTokens ?? 0)
}
