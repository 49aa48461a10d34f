import {
  type Attributes,
  type Context,
  type Span,
  type SpanContext,
  SpanKind,
  trace,
} from '@opentelemetry/api'
import { ATTR_PROVIDER_NAME } from '../semconv.ts'

/** What an HTTP instrumentation calls the method of a request, now and formerly. */
const METHOD_ATTRIBUTES = ['http.request.method', 'http.method'] as const

/** A span of the SDK: the parent is written when it starts, and read when it is exported. */
type SdkSpan = Span & {
  attributes?: Attributes
  kind?: SpanKind
  parentSpanContext?: SpanContext | undefined
  /** Instead, in version 1. */
  parentSpanId?: string | undefined
}

/**
 * The instrumentation of `node:http` opens its span before there is a request to see, so that the call's becomes a
 * child of it. But the HTTP request is a part of the call: the two change places.
 *
 * @param active What the call was started in.
 */
export function putHttpSpanBeneath(active: Context, call: SdkSpan): void {
  const http = trace.getSpan(active) as SdkSpan | undefined
  if (http === undefined || !isHttpClientSpan(http)) return
  // A retry's request may belong to another trace, which can't be entered any more.
  if (http.spanContext().traceId !== call.spanContext().traceId) return
  if (parentIdOf(call) === http.spanContext().spanId) {
    call.parentSpanContext = http.parentSpanContext
    call.parentSpanId = http.parentSpanId
  }
  http.parentSpanContext = call.spanContext()
  http.parentSpanId = http.parentSpanContext.spanId
}

function parentIdOf({ parentSpanContext, parentSpanId }: SdkSpan): string | undefined {
  return parentSpanContext?.spanId ?? parentSpanId
}

/**
 * The context around the span of an HTTP request, where that is the active one: of what goes on over a connection, the
 * request that has opened it is no parent.
 */
export function contextAroundHttpSpan(active: Context): Context {
  const http = trace.getSpan(active) as SdkSpan | undefined
  if (http === undefined || !isHttpClientSpan(http)) return active
  const around = http.parentSpanContext
  return around === undefined ? trace.deleteSpan(active) : trace.setSpanContext(active, around)
}

/** What tells where in the app a call was made: the id of a span, or the context where there is none. */
export type Place = string | Context

/**
 * Each attempt has a span of its own for its HTTP request: they are made in the same place if that is so around these spans.
 * Nor does every context manager give out the same context again: Datadog's makes one with each look.
 */
export function placeOf(active: Context): Place {
  const span = trace.getSpan(active) as SdkSpan | undefined
  if (span === undefined) return active
  const around = isHttpClientSpan(span) ? parentIdOf(span) : span.spanContext().spanId
  return around ?? 'root'
}

/** The span of an SDK that stands for the call itself may have HTTP attributes, too. */
function isHttpClientSpan({ attributes, kind }: SdkSpan): boolean {
  if (attributes === undefined || kind !== SpanKind.CLIENT || attributes[ATTR_PROVIDER_NAME] !== undefined)
    return false
  return METHOD_ATTRIBUTES.some((name) => attributes[name] !== undefined)
}
