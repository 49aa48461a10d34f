import { tableReader } from './readers/field-table.ts'
import type { Dialect } from './types.ts'

const USAGE = 'codex.turn.token_usage.'

const readFields = tableReader({
  texts: {
    provider: ['gen_ai.provider.name', 'gen_ai.system'],
    requestModel: ['gen_ai.request.model', 'model'],
  },
  usageCounts: {
    inputTokens: [`${USAGE}input_tokens`],
    cacheReadTokens: [`${USAGE}cached_input_tokens`],
    cacheWriteTokens: [`${USAGE}cache_write_input_tokens`],
    outputTokens: [`${USAGE}output_tokens`],
    reasoningTokens: [`${USAGE}reasoning_output_tokens`],
  },
})

/**
 * OpenAI's Codex: spans of turns have the model and the usage of all calls in the turn. Spans of responses have usage but no
 * model, so the turns are billed.
 * https://developers.openai.com/codex/config-advanced
 */
export const codex: Dialect = {
  name: 'codex',

  attributes: ['codex.turn.', 'codex.usage.', 'codex.request.'],
  conversation: ['gen_ai.conversation.id', 'thread.id', 'conversation.id'],

  read(span) {
    const reading = readFields(span)
    if (reading.usage === undefined) return { role: 'step' }
    return {
      ...reading,
      role: 'call',
      operation: 'chat',
      provider: reading.provider ?? 'openai',
      cachedInput: 'included',
    }
  },
}
