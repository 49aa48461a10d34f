import type { SpanView } from '../otlp/types.ts'
import { countingOfProvider, countsThoughtsBeside, outputWithThoughts } from './readers/provider-counts.ts'
import { known, text } from './readers/values.ts'
import type { Dialect, DialectReading, SpanRole } from './types.ts'

/**
 * AG2: the conventions' names, with what the provider counts. Since version 1 it tells of what was used in spans of their
 * own, too: of a call for the second time, of a session by voice and of what works for the conversation only there.
 * https://docs.ag2.ai
 */
export const ag2: Dialect = {
  name: 'ag2',

  attributes: ['ag2.span.type'],
  scopes: ['opentelemetry.instrumentation.ag2'],

  read: (span): DialectReading =>
    known<DialectReading>({
      role: roleOf(span),
      cachedInput: countingOfProvider(span),
      usage: countsThoughtsBeside(span) ? outputWithThoughts(span) : undefined,
    }),
}

function roleOf(span: SpanView): SpanRole | undefined {
  if (text(span, 'ag2.usage.kind') !== 'model_call') return undefined
  return ofVoice.test(text(span, 'gen_ai.response.model') ?? '') ? 'call' : 'step'
}

const ofVoice = /realtime|live|native-audio/
