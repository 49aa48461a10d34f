import { type Attributes, type Context, ROOT_CONTEXT, type Span, SpanKind, trace } from '@opentelemetry/api'
import { type ReadableSpan, TracerProvider } from '@opentelemetry/sdk-trace'
import { describe, expect, test } from 'vitest'
import { contextAroundHttpSpan, placeOf, putHttpSpanBeneath } from './http-span.ts'

const tracer = new TracerProvider().getTracer('test')

const POST = { 'http.request.method': 'POST' }

/** A span within another one, and the context that it is active in. */
function within(
  active: Context,
  attributes: Attributes = {},
  kind = SpanKind.CLIENT,
): { span: Span; inside: Context } {
  const span = tracer.startSpan('span', { kind, attributes }, active)
  return { span, inside: trace.setSpan(active, span) }
}

const parentOf = (span: Span): string | undefined =>
  (span as unknown as ReadableSpan).parentSpanContext?.spanId
const idOf = (span: Span): string => span.spanContext().spanId

describe('the span of an HTTP request that a call was started in', () => {
  test.each<[string, Attributes]>([
    ['by the conventions', POST],
    ['by earlier ones', { 'http.method': 'POST' }],
  ])('%s changes places with that of the call', (_, attributes) => {
    const app = within(ROOT_CONTEXT)
    const http = within(app.inside, attributes)
    const call = within(http.inside)
    putHttpSpanBeneath(http.inside, call.span)
    expect([parentOf(call.span), parentOf(http.span)]).toEqual([idOf(app.span), idOf(call.span)])
  })

  test.each<[string, Attributes, SpanKind]>([
    ['of a request that the app answers', POST, SpanKind.SERVER],
    [
      'of an SDK that stands for the call itself',
      { ...POST, 'gen_ai.provider.name': 'openai' },
      SpanKind.CLIENT,
    ],
    ['of anything else', {}, SpanKind.CLIENT],
  ])('%s stays where it is', (_, attributes, kind) => {
    const app = within(ROOT_CONTEXT)
    const outer = within(app.inside, attributes, kind)
    const call = within(outer.inside)
    putHttpSpanBeneath(outer.inside, call.span)
    expect([parentOf(call.span), parentOf(outer.span)]).toEqual([idOf(outer.span), idOf(app.span)])
    expect(contextAroundHttpSpan(outer.inside)).toBe(outer.inside)
  })

  test('of another trace, a retry’s, stays there', () => {
    const http = within(ROOT_CONTEXT, POST)
    const call = within(ROOT_CONTEXT)
    putHttpSpanBeneath(http.inside, call.span)
    expect([parentOf(call.span), parentOf(http.span)]).toEqual([undefined, undefined])
  })

  test('is left for what goes on over the connection', () => {
    const app = within(ROOT_CONTEXT)
    const http = within(app.inside, POST)
    expect(trace.getSpanContext(contextAroundHttpSpan(http.inside))?.spanId).toBe(idOf(app.span))
    const alone = within(ROOT_CONTEXT, POST)
    expect(trace.getSpan(contextAroundHttpSpan(alone.inside))).toBeUndefined()
  })
})

/** As version 1 of the SDK has them, which Sentry 8 and 9 have in them, and many distributions. */
function spanOfVersion1(spanId: string, parentSpanId: string): Span & { parentSpanId: string } {
  const span = trace.wrapSpanContext({ traceId: '1'.repeat(32), spanId, traceFlags: 1 })
  return Object.assign(span, {
    kind: SpanKind.CLIENT,
    attributes: spanId === 'http' ? { 'http.method': 'POST' } : {},
    parentSpanId,
  })
}

test('a call changes places with the span of its HTTP request, in version 1 of the SDK too', () => {
  const http = spanOfVersion1('http', 'handle')
  const call = spanOfVersion1('call', 'http')
  putHttpSpanBeneath(trace.setSpan(ROOT_CONTEXT, http), call)
  expect([call.parentSpanId, http.parentSpanId]).toEqual(['handle', 'call'])
})

test('attempts are made in one place where around the spans of their HTTP requests it is one', () => {
  const places = [
    spanOfVersion1('http', 'handle'),
    spanOfVersion1('http', 'handle'),
    spanOfVersion1('handle', ''),
    spanOfVersion1('http', 'other'),
  ].map((span) => placeOf(trace.setSpan(ROOT_CONTEXT, span)))
  expect(places).toEqual(['handle', 'handle', 'handle', 'other'])
})
