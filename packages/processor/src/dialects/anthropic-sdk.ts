import { hasPrefix } from '../otlp/span-shape.ts'
import { tableReader } from './readers/field-table.ts'
import { count, knownUsage, text } from './readers/values.ts'
import type { Dialect, DialectReading } from './types.ts'

const USAGE = 'anthropic.usage.'
const COMPACTION = `${USAGE}compaction.`

const readFields = tableReader({
  texts: { serviceTier: ['anthropic.response.service_tier'] },
  usageCounts: {
    cacheWrite5mTokens: [`${USAGE}cache_creation.ephemeral_5m_input_tokens`],
    cacheWrite1hTokens: [`${USAGE}cache_creation.ephemeral_1h_input_tokens`],
  },
})

/** Scopes of the SDKs, and of the API itself, which can export spans of the calls that it receives. */
const SCOPES = ['com.anthropic.sdk.', 'com.anthropic.claude-platform']

const hasCompaction = hasPrefix(COMPACTION)

/**
 * Anthropic's own SDKs, which emit a span for each API request once a tracer provider is registered, and the API itself: the
 * conventions' names, and names of their own for what else Anthropic's prices depend on. Only spans of messages name an
 * operation; those of counting tokens and starting a session name the model as well, but are no calls.
 * https://platform.claude.com/docs/en/api/opentelemetry/spans
 */
export const anthropicSdk: Dialect = {
  name: 'anthropic-sdk',

  attributes: [USAGE, 'anthropic.response.', 'anthropic.message.'],
  scopes: SCOPES,

  read(span): DialectReading {
    const reading = readFields(span)
    // Others, such as Laminar, write some of the same names.
    if (!SCOPES.some((scope) => span.scopeName.startsWith(scope))) return reading
    reading.cachedInput = 'included'
    if (text(span, 'gen_ai.operation.name') === undefined) reading.role = 'step'
    const resends = count(span, 'http.request.resend_count')
    if (resends !== undefined) reading.attempts = resends + 1
    if (!hasCompaction(span.shape)) return reading
    const compaction = knownUsage({
      inputTokens: count(span, `${COMPACTION}input_tokens`),
      outputTokens: count(span, `${COMPACTION}output_tokens`),
    })
    if (compaction !== undefined) reading.compaction = compaction
    return reading
  },
}
