import { byShape, indexOfFirst } from '../../otlp/span-shape.ts'
import type { SpanView } from '../../otlp/types.ts'
import type { SpanRole } from '../types.ts'
import { roleOfOperation } from './operations.ts'
import { asText } from './values.ts'

/** Attributes in which families that write the conventions' names say what kind of span it is. */
const kindNames = [
  'runinfo.component', // Eino for APMPlus; before `gen_ai.span.kind`, which calls its outermost span a workflow even if it is the model's
  'gen_ai.span.kind', // LoongSuite, ARMS
  'agentops.span.kind',
  'lmnr.span.type', // Laminar
  'langwatch.span.type',
  'gen_ai.operation.type', // Sentry
  'gen_ai.type', // OpenLIT, before it named operations
]

const kindOf = byShape((shape) => indexOfFirst(shape, kindNames))

/** The role of a span by its kind; `undefined` if it has no known one. */
export function roleOfSpanKind(span: SpanView): SpanRole | undefined {
  return roleOfOperation(asText(span.valueAt(kindOf(span.shape))))
}
