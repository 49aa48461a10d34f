import type { Dialect, DialectReading } from './types.ts'
import { asCount, known, knownUsage, members, text } from './values.ts'

/**
 * Langtrace: the conventions' names today, its own in its first versions and where LiteLLM writes its dialect; counts as one
 * attribute of JSON or one each.
 * https://github.com/Scale3-Labs/langtrace-trace-attributes
 */
export const langtrace: Dialect = {
  name: 'langtrace',

  attributes: ['llm.token.counts', 'llm.token.counts.'],

  read(span): DialectReading {
    const counts = members(span, 'llm.token.counts')
    return known<DialectReading>({
      provider: text(span, 'langtrace.service.name'),
      requestModel: text(span, 'llm.model'),
      usage: knownUsage({
        inputTokens: asCount(counts.prompt) ?? asCount(counts.input_tokens),
        outputTokens: asCount(counts.completion) ?? asCount(counts.output_tokens),
      }),
      totalTokens: asCount(counts.total) ?? asCount(counts.total_tokens),
    })
  },
}
