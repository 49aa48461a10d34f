import type { SpanView } from '../otlp/types.ts'
import { countingOfProvider, countsThoughtsBeside, outputWithThoughts } from './readers/provider-counts.ts'
import { known, text } from './readers/values.ts'
import type { Dialect, DialectReading, SpanRole } from './types.ts'

/**
 * AG2: the conventions' names, with counts copied from the provider. Since version 1 it reports usage in separate spans as
 * well: that of ordinary calls for a second time; that of voice sessions, and of models that work for the conversation,
 * only there.
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
