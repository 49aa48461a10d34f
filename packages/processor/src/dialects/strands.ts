import type { SpanView } from '../otlp/types.ts'
import { known, number, text } from './readers/values.ts'
import type { CachedInput, Dialect, DialectReading } from './types.ts'

/**
 * Strands Agents: the agent loop's spans name the framework as provider. Usage was copied from the model's provider, which for
 * Bedrock and Anthropic leaves out cached tokens; versions that write the conventions' own names include them. The time to
 * the first token is in milliseconds, under a name that others use for seconds.
 * https://strandsagents.com/latest/documentation/docs/user-guide/observability-evaluation/traces/
 */
export const strands: Dialect = {
  name: 'strands',

  attributes: ['gen_ai.usage.cache_write_input_tokens', 'gen_ai.event.start_time'],
  scopes: ['strands'],

  read(span): DialectReading {
    // Other emitters write some of the same names, and count differently.
    const isJavaScript = isNamedAsService(span)
    if (!isJavaScript && !isStrands(span)) return {}
    const milliseconds = number(span, 'gen_ai.server.time_to_first_token')
    return known<DialectReading>({
      role: isSpokenSession(span) ? 'call' : undefined,
      provider: isJavaScript ? FRAMEWORK : undefined,
      cachedInput: countingOf(span, isJavaScript),
      timeToFirstChunkSeconds: milliseconds === undefined ? undefined : milliseconds / 1000,
    })
  },
}

/** In a voice conversation only the session has usage, as one sum; the responses beneath it have none. */
function isSpokenSession(span: SpanView): boolean {
  return (
    text(span, 'gen_ai.operation.name') === 'bidi_session' &&
    span.attribute('gen_ai.usage.total_tokens') !== undefined
  )
}

const FRAMEWORK = 'strands-agents'

function isStrands(span: SpanView): boolean {
  return span.scopeName.startsWith('strands') || providerOf(span) === FRAMEWORK
}

/** For JavaScript, scope and provider have the name of the service, which by default is "strands-agents". */
function isNamedAsService(span: SpanView): boolean {
  return span.attribute('gen_ai.event.start_time') !== undefined && providerOf(span) === span.scopeName
}

function providerOf(span: SpanView): string | undefined {
  return text(span, 'gen_ai.provider.name', 'gen_ai.system')
}

const standardNames = ['gen_ai.usage.cache_read.input_tokens', 'gen_ai.usage.cache_creation.input_tokens']

function countingOf(span: SpanView, isJavaScript: boolean): CachedInput | undefined {
  // OpenInference has rewritten the span, and included cached tokens.
  if (span.attribute('llm.token_count.prompt') !== undefined) return undefined
  const model = text(span, 'gen_ai.request.model', 'gen_ai.response.model') ?? ''
  // For JavaScript, Anthropic's counts are copied under the standard names, too; for Bedrock, the total decides.
  if (isJavaScript && model.startsWith('claude')) return 'excluded'
  if (standardNames.some((name) => span.attribute(name) !== undefined)) return 'included'
  // LiteLLM's ids, and a router's: both add up what any provider counts.
  if (/^[\w-]+\//.test(model)) return 'included'
  return /claude|anthropic|nova/.test(model) ? 'excluded' : undefined
}
