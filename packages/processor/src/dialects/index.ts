import type { SpanView } from '../otlp/types.ts'
import { settleUsage } from './cached-input.ts'
import { genAiSemconv } from './gen-ai-semconv.ts'
import { standardProvider } from './provider-names.ts'
import { spanmeter } from './spanmeter.ts'
import type { Dialect, DialectReading, GenAiSpan } from './types.ts'

/** Every dialect, the most telling first: a family that knows its own counting goes before the names it shares. */
export const dialects: readonly Dialect[] = [spanmeter, genAiSemconv]

/** Reads a span in whatever dialects it is written. `undefined` where it is no GenAI span. */
export function readGenAiSpan(span: SpanView): GenAiSpan | undefined {
  const matching = dialects.filter((dialect) => dialect.matches(span))
  if (matching.length === 0) return undefined
  const merged: DialectReading = {}
  for (const dialect of matching) merge(merged, dialect.read(span))
  const { usage, totalTokens, cachedInput, ...facts } = merged
  const settled = settleUsage(usage ?? {}, totalTokens, cachedInput)
  const hasModel = facts.requestModel !== undefined || facts.responseModel !== undefined
  return {
    ...facts,
    ...(facts.provider === undefined ? {} : { provider: standardProvider(facts.provider) }),
    dialects: matching.map((dialect) => dialect.name),
    role: facts.role ?? (hasModel ? 'call' : 'step'),
    ...settled,
  }
}

/** Adds what `reading` knows and `merged` doesn't yet; usage part by part. */
function merge(merged: DialectReading, reading: DialectReading): void {
  const usage = { ...reading.usage, ...merged.usage }
  Object.assign(merged, { ...reading, ...merged }, { usage })
}
