import { countingOfProvider } from './readers/provider-counts.ts'
import { count, known, text } from './readers/values.ts'
import type { Dialect, DialectReading } from './types.ts'

const operations: Readonly<Record<string, string>> = { tts: 'text_to_speech', stt: 'speech_to_text' }

/**
 * Pipecat: the conventions' names for models, and operations of its own for speech. Its input tokens are the provider's count,
 * which for Anthropic and Bedrock leaves out cached tokens.
 * https://docs.pipecat.ai/server/utilities/opentelemetry
 */
export const pipecat: Dialect = {
  name: 'pipecat',

  attributes: [],
  scopes: ['pipecat'],

  read(span): DialectReading {
    const operation = operations[text(span, 'gen_ai.operation.name') ?? '']
    const characters = count(span, 'metrics.character_count')
    return known<DialectReading>({
      role: operation === undefined ? undefined : 'call',
      operation,
      usage: characters === undefined ? undefined : { characters },
      cachedInput: countingOfProvider(span),
    })
  },
}
