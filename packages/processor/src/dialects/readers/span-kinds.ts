import { byShape, indexOfFirst } from '../../otlp/span-shape.ts'
import type { SpanView } from '../../otlp/types.ts'
import type { SpanRole } from '../types.ts'
import { roleOfOperation } from './operations.ts'
import { asText } from './values.ts'

/** Where families that write the conventions' names say what a span is, besides the operation or instead of it. */
const kindNames = [
  'runinfo.component', // Eino's for APMPlus, whose outermost span is a workflow by kind, also where it is the model's
  'gen_ai.span.kind', // LoongSuite, ARMS
  'agentops.span.kind',
  'lmnr.span.type', // Laminar
  'langwatch.span.type',
  'gen_ai.operation.type', // Sentry
  'gen_ai.type', // OpenLIT, before it named operations
]

const kindOf = byShape((shape) => indexOfFirst(shape, kindNames))

/** What a span is by its kind; `undefined` where it has none that tells. */
export function roleOfSpanKind(span: SpanView): SpanRole | undefined {
  return roleOfOperation(asText(span.valueAt(kindOf(span.shape))))
}
