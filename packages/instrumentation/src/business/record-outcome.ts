import { type Attributes, context, type Span, trace } from '@opentelemetry/api'
import { attributesOf } from '../call/span-attributes.ts'
import { readBaggageKeys } from '../environment.ts'
import { ATTR_SPANMETER_OUTCOME_NAME, ATTR_SPANMETER_OUTCOME_VALUE, EVENT_OUTCOME } from '../semconv.ts'
import { INSTRUMENTATION_NAME, INSTRUMENTATION_VERSION } from '../version.ts'
import { addBusinessAttributes } from './baggage.ts'

/**
 * Records that something the business counts came about: the denominator of cost per outcome.
 *
 * It becomes an event `spanmeter.outcome` on the active span. It gets a span of its own if none is recording, or if the
 * active one began before the business context and so doesn't say whom the outcome is for.
 *
 * @param name What came about: `conversation_resolved`.
 * @param value How much of it, if not just one.
 */
export function recordOutcome(name: string, value?: number): void {
  const active = context.active()
  const business = addBusinessAttributes({}, active, readBaggageKeys())
  const attributes: Attributes = { ...business, [ATTR_SPANMETER_OUTCOME_NAME]: name }
  if (value !== undefined) attributes[ATTR_SPANMETER_OUTCOME_VALUE] = value
  const span = trace.getSpan(active)
  if (span?.isRecording() === true && hasAttributes(span, business)) {
    span.addEvent(EVENT_OUTCOME, attributes)
    return
  }
  const own = trace
    .getTracer(INSTRUMENTATION_NAME, INSTRUMENTATION_VERSION)
    .startSpan(EVENT_OUTCOME, { attributes: business })
  own.addEvent(EVENT_OUTCOME, attributes)
  own.end()
}

function hasAttributes(span: Span, wanted: Attributes): boolean {
  const attributes = attributesOf(span)
  return Object.entries(wanted).every(([name, value]) => attributes?.[name] === value)
}
