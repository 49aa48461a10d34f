import type { SpanView } from '../otlp/types.ts'
import { asCount, count, flag, hostOf, known, knownUsage, members, text } from './readers/values.ts'
import type { Dialect, DialectReading } from './types.ts'

const JAVASCRIPT = '@langtrase/typescript-sdk'

/**
 * Langtrace: today the conventions' names; in its first versions, and where LiteLLM writes this dialect, names of its own, with
 * the counts as one JSON attribute or one attribute each. For provider and model it has always used names of its own.
 * https://github.com/Scale3-Labs/langtrace-trace-attributes
 */
export const langtrace: Dialect = {
  name: 'langtrace',

  attributes: ['llm.token.counts', 'llm.token.counts.'],
  scopes: [JAVASCRIPT],

  read(span): DialectReading {
    const counts = members(span, 'llm.token.counts')
    const isSwapped = span.scopeName === JAVASCRIPT && sidesAreSwapped(span)
    return known<DialectReading>({
      provider: providerOf(span),
      requestModel: text(span, 'llm.model'),
      host: hostOf(text(span, 'url.full')),
      usage: isSwapped
        ? knownUsage({
            inputTokens: count(span, 'gen_ai.usage.output_tokens'),
            outputTokens: count(span, 'gen_ai.usage.input_tokens') ?? 0,
          })
        : knownUsage({
            inputTokens: asCount(counts.prompt) ?? asCount(counts.input_tokens),
            outputTokens: asCount(counts.completion) ?? asCount(counts.output_tokens),
          }),
      totalTokens: asCount(counts.total) ?? asCount(counts.total_tokens),
    })
  },
}

/** For Cohere the stated name may be the app's. For frameworks and gateways there is none, and the model decides who bills. */
function providerOf(span: SpanView): string | undefined {
  const name = text(span, 'langtrace.service.name')
  return isOfCohere(span) ? 'cohere' : name === 'ai' || name === 'arch' ? undefined : name
}

function isOfCohere(span: SpanView): boolean {
  return text(span, 'url.full') === 'https://api.cohere.ai'
}

/** Releases 5 and 6 for JavaScript swap input and output, for these providers and for most streams. */
function sidesAreSwapped(span: SpanView): boolean {
  if (!/^[56]\./.test(text(span, 'langtrace.version') ?? '')) return false
  if (span.attribute('gen_ai.usage.output_tokens') === undefined) return false
  if (isOfCohere(span)) return text(span, 'url.path') !== '/v2/chat'
  const name = text(span, 'langtrace.service.name') ?? ''
  if (name === 'anthropic' || name === 'ollama') return true
  return flag(span, 'gen_ai.request.stream') === true && name !== 'groq' && name !== 'ai'
}
