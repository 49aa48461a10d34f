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

/** A span of OpenTelemetry's SDK. Its parent is read only when it is exported, and can be changed until then. */
type SdkSpan = Span & {
  attributes?: Attributes
  kind?: SpanKind
  parentSpanContext?: SpanContext | undefined
  /** In version 1 of the SDK, instead. */
  parentSpanId?: string | undefined
}

/**
 * The instrumentation of `node:http` opens its span before we see the request, so the call's span becomes a child of
 * it. But the HTTP request is part of the call: this swaps the two.
 *
 * @param active What the call was started in.
 */
export function putHttpSpanBeneath(active: Context, call: SdkSpan): void {
  const http = trace.getSpan(active) as SdkSpan | undefined
  if (http === undefined || !isHttpClientSpan(http)) return
  // A retry may be sent in another trace, and no span can change its trace.
  if (http.spanContext().traceId !== call.spanContext().traceId) return
  if (parentIdOf(call) === http.spanContext().spanId) putBeside(http, call)
  http.parentSpanContext = call.spanContext()
  http.parentSpanId = http.parentSpanContext.spanId
}

/** What began beneath a span that is no part of it stands beside it. */
export function putBeside(span: SdkSpan, begun: SdkSpan): void {
  begun.parentSpanContext = span.parentSpanContext
  begun.parentSpanId = span.parentSpanId
}

function parentIdOf({ parentSpanContext, parentSpanId }: SdkSpan): string | undefined {
  return parentSpanContext?.spanId ?? parentSpanId
}

/**
 * The context outside of an HTTP request's span, if that is the active one: the request that opened a connection isn't
 * the parent of the calls made over it.
 */
export function contextAroundHttpSpan(active: Context): Context {
  const http = trace.getSpan(active) as SdkSpan | undefined
  if (http === undefined || !isHttpClientSpan(http)) return active
  const around = http.parentSpanContext
  return around === undefined ? trace.deleteSpan(active) : trace.setSpanContext(active, around)
}

/** Where in the app a call was made: the id of the span around it, or the context if there is none. */
export type Place = string | Context

/**
 * Each attempt may have an HTTP span of its own: what counts is the span around that. Contexts would not do, as some
 * context managers, Datadog's for one, create a new one each time they are asked.
 */
export function placeOf(active: Context): Place {
  const span = trace.getSpan(active) as SdkSpan | undefined
  if (span === undefined) return active
  const around = isHttpClientSpan(span) ? parentIdOf(span) : span.spanContext().spanId
  return around ?? 'root'
}

/** A span that a provider's SDK opened for the call itself may have HTTP attributes too. */
function isHttpClientSpan({ attributes, kind }: SdkSpan): boolean {
  if (attributes === undefined || kind !== SpanKind.CLIENT || attributes[ATTR_PROVIDER_NAME] !== undefined)
    return false
  return METHOD_ATTRIBUTES.some((name) => attributes[name] !== undefined)
}
