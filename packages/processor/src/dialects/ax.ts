import type { Usage } from '@spanmeter/pricing'
import type { Attributes } from '../otlp/types.ts'
import { asCount, known, text } from './readers/values.ts'
import type { Dialect, DialectReading } from './types.ts'

/**
 * Ax for JavaScript has the usage in an event; of a stream, in one for each chunk. The input leaves out what is cached, of
 * which only the total tells.
 * https://axllm.dev
 */
export const ax: Dialect = {
  name: 'ax',
  attributes: ['gen_ai.request.llm_is_streaming'],

  read(span): DialectReading {
    const told = span.events().findLast(({ name }) => name === 'gen_ai.usage')?.attributes
    return told === undefined ? {} : readUsage(told, text(span, 'gen_ai.system') ?? '')
  },
}

function readUsage(told: Attributes, provider: string): DialectReading {
  const part = (name: string) => asCount(told.get(`gen_ai.usage.${name}_tokens`))
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

/** With others there is more in the rest than reads: Anthropic's has writes, at another price, and xAI's has thoughts. */
const hasReadsAlone = /^(openai|azure|google|openrouter|deepseek)/i
