import { count, known, text } from './readers/values.ts'
import type { Dialect, DialectReading } from './types.ts'

/**
 * Qwen Code: the conventions' names, and thoughts under a name of its own. It copies the provider's output, which for Gemini
 * leaves out thoughts.
 * https://qwenlm.github.io/qwen-code-docs/en/developers/development/telemetry/
 */
export const qwenCode: Dialect = {
  name: 'qwen-code',

  attributes: [],
  scopes: ['qwen-code'],

  read(span): DialectReading {
    const thoughts = count(span, 'thoughts_token_count')
    if (thoughts === undefined) return {}
    const output = count(span, 'gen_ai.usage.output_tokens')
    const standBeside = /gemini|vertex/.test(text(span, 'gen_ai.provider.name') ?? '')
    const outputTokens = standBeside && output !== undefined ? output + thoughts : output
    return { usage: known({ outputTokens, reasoningTokens: thoughts }) }
  },
}
