import type { SpanView } from '../otlp/types.ts'
import { ATTR_COST_SOURCE, ATTR_LEGACY_COST } from '../semconv.ts'
import { number, text } from './values.ts'

/** What an emitter that estimates nothing states; unless a processor before this one has worked it out. */
export function chargedAmount(span: SpanView): number | undefined {
  const source = text(span, ATTR_COST_SOURCE)
  return source === undefined || source === 'provider' ? number(span, ATTR_LEGACY_COST) : undefined
}
