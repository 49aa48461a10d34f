import type { Usage } from '@spanmeter/pricing'
import type { Attributes } from '../otlp/types.ts'
import { asCount, known, text } from './readers/values.ts'
import type { Dialect, DialectReading } from './types.ts'

/**
 * Ax for JavaScript: usage in an event, for streams in one event for each chunk. The input leaves out cached tokens, which
 * only the total includes.
 * https://axllm.dev
 */
export const ax: Dialect = {
  name: 'ax',
  attributes: ['gen_ai.request.llm_is_streaming'],

  read(span): DialectReading {
    const usage = span.events().findLast(({ name }) => name === 'gen_ai.usage')?.attributes
    return usage === undefined ? {} : readUsage(usage, text(span, 'gen_ai.system') ?? '')
  },
}

function readUsage(usage: Attributes, provider: string): DialectReading {
  const part = (name: string) => asCount(usage.get(`gen_ai.usage.${name}_tokens`))
  const [input, thoughts] = [part('input'), part('thoughts')]
  if (input === undefined) return {}
  const outputTokens = (part('output') ?? 0) + (thoughts ?? 0)
  const cached = Math.max(0, (part('total') ?? 0) - input - outputTokens)
  return {
    usage: known<Usage>({
      inputTokens: input + cached,
      cacheReadTokens: hasReadsAlone.test(provider) ? cached : undefined,
      outputTokens,
      reasoningTokens: thoughts,
    }),
    cachedInput: 'included',
  }
}

/** Providers for which the rest of the total is cache reads. Anthropic's also has writes, at another price, and xAI's thoughts. */
const hasReadsAlone = /^(openai|azure|google|openrouter|deepseek)/i
