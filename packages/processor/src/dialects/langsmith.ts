import { readRawUsage, usageOfRun } from './readers/raw-usage.ts'
import { known, object, printedObject, text } from './readers/values.ts'
import type { Dialect, DialectReading, SpanRole } from './types.ts'

const roles: Readonly<Record<string, SpanRole>> = { llm: 'call', embedding: 'call' }

/**
 * LangSmith's OpenTelemetry export, also of LangChain: `gen_ai.*`, with the details of the totals, which include them, as JSON
 * or as Python prints a dict. Runs of LangChain itself have the details only in their output. Spans made by hand have
 * LangChain's whole usage metadata.
 * https://docs.langchain.com/langsmith/trace-with-opentelemetry
 */
export const langsmith: Dialect = {
  name: 'langsmith',

  attributes: ['langsmith.', 'gen_ai.usage.input_token_details', 'gen_ai.usage.output_token_details'],
  conversation: ['langsmith.metadata.thread_id', 'langsmith.metadata.session_id'],

  read(span): DialectReading {
    const kind = text(span, 'langsmith.span.kind')?.toLowerCase()
    return known<DialectReading>({
      ...readRawUsage({
        ...(kind === 'llm' ? usageOfRun(object(span, 'gen_ai.completion')) : undefined),
        ...object(span, 'langsmith.usage_metadata'),
        ...known({
          input_token_details: printedObject(span, 'gen_ai.usage.input_token_details'),
          output_token_details: printedObject(span, 'gen_ai.usage.output_token_details'),
        }),
      }),
      role: kind === undefined ? undefined : (roles[kind] ?? 'step'),
      provider: text(span, 'langsmith.metadata.ls_provider'),
      requestModel: text(span, 'langsmith.metadata.ls_model_name'),
    })
  },
}
