import type { Usage } from '@spanmeter/pricing'
import type { SpanView } from '../otlp/types.ts'
import { readRawUsage } from './raw-usage.ts'
import type { Dialect, DialectReading, SpanRole } from './types.ts'
import { asCount, known, object, text } from './values.ts'

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
 * MLflow Tracing. Every value is JSON, strings with their quotes. Its input includes cached tokens, whatever the provider.
 * https://mlflow.org/docs/latest/genai/tracing/
 */
export const mlflow: Dialect = {
  name: 'mlflow',

  attributes: ['mlflow.'],

  read(span): DialectReading {
    const type = unquoted(span, 'mlflow.spanType')?.toUpperCase()
    return known<DialectReading>({
      role: type === undefined ? undefined : (roles[type] ?? 'step'),
      operation: type === undefined ? undefined : operations[type],
      provider: unquoted(span, 'mlflow.llm.provider') ?? unquoted(span, 'mlflow.message.format'),
      responseModel: unquoted(span, 'mlflow.llm.model'),
      ...readUsage(object(span, 'mlflow.chat.tokenUsage')),
    })
  },
}

function readUsage(json: Readonly<Record<string, unknown>> | undefined): Partial<DialectReading> {
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
