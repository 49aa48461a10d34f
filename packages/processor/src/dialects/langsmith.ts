import type { SpanView } from '../otlp/types.ts'
import type { Dialect, DialectReading, SpanRole } from './types.ts'
import { asCount, asObject, known, knownUsage, text } from './values.ts'

const roles: Readonly<Record<string, SpanRole>> = { llm: 'call', embedding: 'call' }

/**
 * LangSmith's OpenTelemetry export, and LangChain behind it: `gen_ai.*`, with the parts of usage beside the totals,
 * which include them: as JSON, or as Python prints a dict.
 * https://docs.langchain.com/langsmith/trace-with-opentelemetry
 */
export const langsmith: Dialect = {
  name: 'langsmith',

  attributes: ['langsmith.', 'gen_ai.usage.input_token_details', 'gen_ai.usage.output_token_details'],

  read(span): DialectReading {
    const kind = text(span, 'langsmith.span.kind')?.toLowerCase()
    const input = details(span, 'gen_ai.usage.input_token_details')
    const output = details(span, 'gen_ai.usage.output_token_details')
    return known<DialectReading>({
      role: kind === undefined ? undefined : (roles[kind] ?? 'step'),
      provider: text(span, 'langsmith.metadata.ls_provider'),
      requestModel: text(span, 'langsmith.metadata.ls_model_name'),
      conversationId: text(span, 'langsmith.metadata.thread_id', 'langsmith.metadata.session_id'),
      usage: knownUsage({
        cacheReadTokens: asCount(input.cache_read),
        cacheWriteTokens: asCount(input.cache_creation),
        cacheWrite5mTokens: asCount(input.ephemeral_5m_input_tokens),
        cacheWrite1hTokens: asCount(input.ephemeral_1h_input_tokens),
        audioInputTokens: asCount(input.audio),
        reasoningTokens: asCount(output.reasoning),
        audioOutputTokens: asCount(output.audio),
      }),
    })
  },
}

function details(span: SpanView, name: string): Readonly<Record<string, unknown>> {
  const value = span.attribute(name)
  return (
    asObject(typeof value === 'string' ? value.replaceAll("'", '"').replaceAll('None', 'null') : value) ?? {}
  )
}
