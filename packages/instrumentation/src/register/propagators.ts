import { diag, type TextMapPropagator } from '@opentelemetry/api'
import { CompositePropagator, W3CBaggagePropagator, W3CTraceContextPropagator } from '@opentelemetry/core'
import { B3InjectEncoding, B3Propagator } from '@opentelemetry/propagator-b3'
import { readList } from '../environment-values.ts'

/** As `OTEL_PROPAGATORS` says; W3C trace context and baggage where it says nothing. `undefined` for `none`. */
export function createPropagator(): TextMapPropagator | undefined {
  const names = readList('OTEL_PROPAGATORS') ?? ['tracecontext', 'baggage']
  if (names.includes('none')) return undefined
  const propagators = names.flatMap((name) => createNamed(name) ?? [])
  return propagators.length === 0 ? undefined : new CompositePropagator({ propagators })
}

function createNamed(name: string): TextMapPropagator | undefined {
  switch (name) {
    case 'tracecontext':
      return new W3CTraceContextPropagator()
    case 'baggage':
      return new W3CBaggagePropagator()
    case 'b3':
      return new B3Propagator()
    case 'b3multi':
      return new B3Propagator({ injectEncoding: B3InjectEncoding.MULTI_HEADER })
    default:
      diag.warn(`OTEL_PROPAGATORS: ${name} is not one of tracecontext, baggage, b3, b3multi, none: ignored`)
      return undefined
  }
}
