import { type RawUsage, readRawUsage, usageOfOutput } from './readers/raw-usage.ts'
import { asText, known, object, text } from './readers/values.ts'
import type { Dialect, DialectReading } from './types.ts'

/**
 * Future AGI's traceAI: the conventions' names. It names the model only if the response does; otherwise the model is among the
 * parameters. For Claude, cached tokens are only in the traced response; input and total leave them out.
 * https://docs.futureagi.com/docs/tracing/auto
 */
export const traceAi: Dialect = {
  name: 'trace-ai',

  attributes: ['gen_ai.request.parameters'],

  read: (span): DialectReading =>
    known<DialectReading>({
      requestModel:
        text(span, 'gen_ai.request.model', 'embedding.model_name') ??
        asText(object(span, 'gen_ai.request.parameters')?.model),
      ...withWholeTotal(readRawUsage(usageOfOutput(object(span, 'output.value')))),
    }),
}

function withWholeTotal(raw: RawUsage): RawUsage {
  if (raw.usage === undefined || raw.cachedInput !== 'excluded') return raw
  const { inputTokens = 0, cacheReadTokens = 0, cacheWriteTokens = 0, outputTokens = 0 } = raw.usage
  return { ...raw, totalTokens: inputTokens + cacheReadTokens + cacheWriteTokens + outputTokens }
}
