import type { Dialect, DialectReading } from './types.ts'
import { text } from './values.ts'

/**
 * Strands Agents: the agent loop's spans name the framework as provider. Usage was what the model's provider counts, which
 * for Bedrock and Anthropic leaves cached tokens out; versions that write the conventions' own names include them.
 * https://strandsagents.com/latest/documentation/docs/user-guide/observability-evaluation/traces/
 */
export const strands: Dialect = {
  name: 'strands',

  attributes: ['gen_ai.usage.cache_write_input_tokens'],
  scopes: ['strands'],

  read(span): DialectReading {
    if (span.attribute('gen_ai.usage.cache_read.input_tokens') !== undefined)
      return { cachedInput: 'included' }
    const model = text(span, 'gen_ai.request.model', 'gen_ai.response.model') ?? ''
    return /claude|anthropic|nova/.test(model) ? { cachedInput: 'excluded' } : {}
  },
}
