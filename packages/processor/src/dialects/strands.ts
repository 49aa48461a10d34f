import type { SpanView } from '../otlp/types.ts'
import type { CachedInput, Dialect, DialectReading } from './types.ts'
import { known, number, text } from './values.ts'

/**
 * Strands Agents: the agent loop's spans name the framework as provider. Usage was what the model's provider counts, which
 * for Bedrock and Anthropic leaves cached tokens out; versions that write the conventions' own names include them. The
 * time to the first token is in milliseconds, under a name by which others mean seconds.
 * https://strandsagents.com/latest/documentation/docs/user-guide/observability-evaluation/traces/
 */
export const strands: Dialect = {
  name: 'strands',

  attributes: ['gen_ai.usage.cache_write_input_tokens', 'gen_ai.event.start_time'],
  scopes: ['strands'],

  read(span): DialectReading {
    // Others write some of the same names, and count otherwise.
    if (!isStrands(span)) return {}
    const milliseconds = number(span, 'gen_ai.server.time_to_first_token')
    return known<DialectReading>({
      role: isSpokenSession(span) ? 'call' : undefined,
      cachedInput: countingOf(span),
      timeToFirstChunkSeconds: milliseconds === undefined ? undefined : milliseconds / 1000,
    })
  },
}

/** Of a conversation by voice the session alone has the usage, as one sum: the responses beneath it have none. */
function isSpokenSession(span: SpanView): boolean {
  return (
    text(span, 'gen_ai.operation.name') === 'bidi_session' &&
    span.attribute('gen_ai.usage.total_tokens') !== undefined
  )
}

function isStrands(span: SpanView): boolean {
  return (
    span.scopeName.startsWith('strands') ||
    text(span, 'gen_ai.provider.name', 'gen_ai.system') === 'strands-agents'
  )
}

const standardNames = ['gen_ai.usage.cache_read.input_tokens', 'gen_ai.usage.cache_creation.input_tokens']

function countingOf(span: SpanView): CachedInput | undefined {
  // OpenInference rewrites the spans, and includes cached tokens.
  if (span.attribute('llm.token_count.prompt') !== undefined) return undefined
  if (standardNames.some((name) => span.attribute(name) !== undefined)) return 'included'
  const model = text(span, 'gen_ai.request.model', 'gen_ai.response.model') ?? ''
  return /claude|anthropic|nova/.test(model) ? 'excluded' : undefined
}
