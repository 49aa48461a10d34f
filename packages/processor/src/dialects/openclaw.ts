import { tableReader } from './readers/field-table.ts'
import { text } from './readers/values.ts'
import type { Dialect } from './types.ts'

const TOKENS = 'openclaw.tokens.'
const MODEL_CALL = 'openclaw.model_call.'

const readCall = tableReader({
  usageCounts: { reasoningTokens: [`${MODEL_CALL}usage.reasoning_output_tokens`] },
})

const readRun = tableReader({
  texts: { provider: ['openclaw.provider'], requestModel: ['openclaw.model'] },
  usageCounts: {
    inputTokens: [`${TOKENS}input`],
    cacheReadTokens: [`${TOKENS}cache_read`],
    cacheWriteTokens: [`${TOKENS}cache_write`],
    outputTokens: [`${TOKENS}output`],
  },
})

/**
 * OpenClaw: `openclaw.model.usage` spans state what a whole run used. Since 2026.4 the calls of a run have spans of their own,
 * which since 2026.7 state the usage of the call, or of a turn of a coding agent. Side questions and calls of plugins are
 * reported by `openclaw.model.usage` only.
 * https://docs.openclaw.ai/gateway/opentelemetry
 */
export const openClaw: Dialect = {
  name: 'openclaw',

  attributes: [TOKENS, MODEL_CALL],
  conversation: ['openclaw.sessionId'],

  read(span) {
    if (text(span, `${MODEL_CALL}observation_unit`) === 'turn') return { ...readCall(span), role: 'call' }
    const { usage, ...run } = readRun(span)
    if (usage === undefined) return readCall(span)
    // Unknown counts are written as zeros.
    const isKnown = Object.values(usage).some((tokens) => tokens !== 0)
    return {
      ...run,
      ...(isKnown && { usage }),
      role: 'call',
      operation: 'chat',
      sumsUp: 'openclaw',
      cachedInput: 'excluded',
    }
  },
}
