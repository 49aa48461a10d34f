import { createTraceState, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import { ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { type ReadableSpan, TracerProvider } from '@opentelemetry/sdk-trace'
import { expect, test } from 'vitest'
import { plainSpan, readableSpan } from './plain-span.ts'

test('a span that has gone to another thread is exported as it would be from its own', () => {
  const ended: ReadableSpan[] = []
  const processor = {
    onStart() {},
    onEnd: (span: ReadableSpan) => void ended.push(span),
    forceFlush: () => Promise.resolve(),
    shutdown: () => Promise.resolve(),
  }
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'pool', 'process.pid': 7 }),
    spanLimits: { attributeCountLimit: 3, eventCountLimit: 1 },
    spanProcessors: [processor],
  })
  const remote = {
    traceId: '0af7651916cd43dd8448eb211c80319c',
    spanId: 'b7ad6b7169203331',
    traceFlags: 1,
    isRemote: true,
    traceState: createTraceState('vendor=1,other=2'),
  }
  const span = provider
    .getTracer('scope', '1.2.3')
    .startSpan(
      'chat m',
      { kind: SpanKind.CLIENT, attributes: { a: 'b', n: 1 }, links: [{ context: remote }] },
      trace.setSpanContext(ROOT_CONTEXT, remote),
    )
  span.setAttributes({ reasons: ['stop', 'length'], dropped: true })
  span.addEvent('first')
  span.addEvent('second', { attempt: 2 })
  span.recordException(new Error('no'))
  span.setStatus({ code: SpanStatusCode.ERROR, message: 'no' })
  span.end()
  const [own] = ended as [ReadableSpan]

  const gone = readableSpan(structuredClone(plainSpan(own)))

  expect(ProtobufTraceSerializer.serializeRequest([gone])).toEqual(
    ProtobufTraceSerializer.serializeRequest([own]),
  )
  expect(own.droppedAttributesCount).toBe(1)
})
