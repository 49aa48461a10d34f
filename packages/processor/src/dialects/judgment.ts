import type { SpanView } from '../otlp/types.ts'
import { readRawUsage } from './readers/raw-usage.ts'
import { count, known, knownUsage, object, text } from './readers/values.ts'
import type { Dialect, DialectReading } from './types.ts'

const USAGE = 'judgment.usage.'

/**
 * Judgment's SDKs: the provider's own usage object if there is one, otherwise counts in which each input token is counted
 * once only.
 * https://docs.judgmentlabs.ai/documentation/performance/tracing
 */
export const judgment: Dialect = {
  name: 'judgment',

  attributes: ['judgment.'],
  conversation: ['judgment.session_id'],

  read(span): DialectReading {
    const kind = text(span, 'judgment.span_kind')
    const raw = readRawUsage(object(span, `${USAGE}metadata`))
    const read = raw.usage === undefined ? readCounts(span) : raw
    // Spans that users make themselves may have any kind.
    const isStep = kind !== undefined && kind !== 'llm' && read.usage === undefined
    return known<DialectReading>({
      role: isStep ? 'step' : undefined,
      operation: kind === 'llm' ? 'chat' : undefined,
      provider: text(span, 'judgment.llm.provider'),
      responseModel: text(span, 'judgment.llm.model'),
      ...read,
    })
  },
}

function readCounts(span: SpanView): Pick<DialectReading, 'usage' | 'cachedInput'> {
  const usage = knownUsage({
    inputTokens: count(span, `${USAGE}non_cached_input_tokens`),
    cacheReadTokens: count(span, `${USAGE}cache_read_input_tokens`),
    cacheWriteTokens: count(span, `${USAGE}cache_creation_input_tokens`),
    outputTokens: count(span, `${USAGE}output_tokens`),
  })
  return usage === undefined ? {} : { usage, cachedInput: 'excluded' }
}
