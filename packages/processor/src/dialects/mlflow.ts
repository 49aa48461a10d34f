import type { Usage } from '@spanmeter/pricing'
import type { SpanView } from '../otlp/types.ts'
import { readRawUsage, usageOfOutput } from './readers/raw-usage.ts'
import { asCount, asText, type JsonObject, known, object, text } from './readers/values.ts'
import type { Dialect, DialectReading, SpanRole } from './types.ts'

const roles: Readonly<Record<string, SpanRole>> = {
  LLM: 'call',
  CHAT_MODEL: 'call',
  EMBEDDING: 'call',
  RERANKER: 'call',
}
const operations: Readonly<Record<string, string>> = {
  LLM: 'text_completion',
  CHAT_MODEL: 'chat',
  EMBEDDING: 'embeddings',
  RERANKER: 'rerank',
}

/**
 * MLflow Tracing. Every value is JSON, strings with their quotes. The input includes cached tokens for every provider. Up to
 * 3.12 Anthropic's counts were copied; up to 3.9 cached tokens were only in the traced output, and the model in the input.
 * https://mlflow.org/docs/latest/genai/tracing/
 */
export const mlflow: Dialect = {
  name: 'mlflow',

  attributes: ['mlflow.'],

  read(span): DialectReading {
    const type = unquoted(span, 'mlflow.spanType')?.toUpperCase()
    const role = type === undefined ? undefined : isPredictor(span) ? 'step' : (roles[type] ?? 'step')
    const output = role === 'call' ? object(span, 'mlflow.spanOutputs') : undefined
    return known<DialectReading>({
      role,
      operation: type === undefined ? undefined : operations[type],
      provider:
        unquoted(span, 'mlflow.llm.provider') ??
        unquoted(span, 'mlflow.message.format') ??
        asText(object(span, 'metadata')?.ls_provider),
      requestModel: role === 'call' ? requestedModel(span) : undefined,
      responseModel: unquoted(span, 'mlflow.llm.model') ?? asText(output?.model),
      ...readUsage(object(span, 'mlflow.chat.tokenUsage')),
      ...readOutput(output),
    })
  },
}

/** DSPy's, of the type LLM as well: it sums up what the models beneath it used, and names none. */
function isPredictor(span: SpanView): boolean {
  return span.attribute('signature') !== undefined
}

function requestedModel(span: SpanView): string | undefined {
  const input = object(span, 'mlflow.spanInputs')
  return asText(input?.model) ?? asText(input?.modelId) ?? asText(object(span, 'metadata')?.ls_model_name)
}

/** The usage in the output of the provider's SDK or of LangChain. */
function readOutput(output: JsonObject | undefined): Partial<DialectReading> {
  const read = readRawUsage(usageOfOutput(output))
  return read.usage?.inputTokens === undefined ? {} : read
}

function readUsage(json: JsonObject | undefined): Partial<DialectReading> {
  const { usage, ...totals } = readRawUsage(json)
  const cacheWrite1hTokens = asCount(json?.cache_creation_input_tokens_above_1hr)
  return known<DialectReading>({
    ...totals,
    usage: usage === undefined ? undefined : known<Usage>({ ...usage, cacheWrite1hTokens }),
    cachedInput: 'included',
  })
}

function unquoted(span: SpanView, name: string): string | undefined {
  const value = text(span, name)?.replace(/^"(.*)"$/, '$1')
  return value === '' ? undefined : value
}
