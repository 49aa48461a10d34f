import { tableReader } from './readers/field-table.ts'
import type { Dialect } from './types.ts'

const readFields = tableReader({
  texts: { requestModel: ['gen_ai.request.model', 'model'], speed: ['speed'] },
  counts: { attempts: ['attempt'] },
  numbers: { timeToFirstChunkSeconds: ['ttft_ms'] },
  usageCounts: {
    inputTokens: ['input_tokens'],
    cacheReadTokens: ['cache_read_tokens'],
    cacheWriteTokens: ['cache_creation_tokens'],
    outputTokens: ['output_tokens'],
  },
})

export const CLAUDE_CODE_SCOPE = 'com.anthropic.claude_code.tracing'

/**
 * Claude Code: `claude_code.llm_request` spans with the counts of Anthropic's API under bare names, so that the input leaves
 * out cached tokens.
 * https://code.claude.com/docs/en/monitoring-usage
 */
export const claudeCode: Dialect = {
  name: 'claude-code',

  attributes: ['llm_request.'],
  scopes: ['com.anthropic.claude_code'],

  read(span) {
    const reading = readFields(span)
    if (reading.usage === undefined) return {}
    if (reading.timeToFirstChunkSeconds !== undefined) reading.timeToFirstChunkSeconds /= 1000
    return { ...reading, role: 'call', operation: 'chat', provider: 'anthropic', cachedInput: 'excluded' }
  },
}
