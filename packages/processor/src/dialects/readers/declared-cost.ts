import type { SpanView } from '../../otlp/types.ts'
import { ATTR_COST_SOURCE, ATTR_LEGACY_COST } from '../../semconv.ts'
import type { DialectReading } from '../types.ts'
import { number, text } from './values.ts'

/** What whoever charges for a call states that it costs. */
export function inUsd(amount: number | undefined): DialectReading['declaredCost'] {
  return amount === undefined ? undefined : { amount, currency: 'USD' }
}

/**
 * `gen_ai.usage.cost`, for emitters that write there what was charged and not an estimate. `undefined` where a processor
 * before this one has worked the amount out.
 */
export function chargedAmount(span: SpanView): number | undefined {
  const source = text(span, ATTR_COST_SOURCE)
  return source === undefined || source === 'provider' ? number(span, ATTR_LEGACY_COST) : undefined
}
