import { secondsBetween } from '../otlp/duration.ts'
import { identityOf } from '../otlp/span-identity.ts'
import { SpanShape } from '../otlp/span-shape.ts'
import { statusOf } from '../otlp/span-status.ts'
import type { Attributes, AttributeValue, ResourceView, SpanEventView, SpanView } from '../otlp/types.ts'
import type { SdkSpan } from './types.ts'

const resources = new WeakMap<object, ResourceView>()

/** A span of an app's own SDK as a `SpanView`. */
export function viewSdkSpan(span: SdkSpan): SpanView {
  const { traceId, spanId } = span.spanContext()
  const shape = new SpanShape(Object.keys(span.attributes))
  const startUnixNano = toNanoseconds(span.startTime)
  const endUnixNano = toNanoseconds(span.endTime)
  const valueAt = (index: number): AttributeValue | undefined =>
    index === -1 ? undefined : (span.attributes[shape.names[index]!] as AttributeValue)
  return {
    shape,
    valueAt,
    attribute: (name) => valueAt(shape.indexOf(name)),
    resource: viewResource(span.resource),
    scopeName: span.instrumentationScope.name,
    name: span.name,
    traceId,
    spanId,
    parentSpanId: span.parentSpanContext?.spanId ?? '',
    identity: identityOf(traceId, spanId),
    startUnixNano,
    endUnixNano,
    startUnixMillis: Number(startUnixNano) / 1e6,
    durationSeconds: secondsBetween(startUnixNano, endUnixNano),
    status: statusOf(span.status.code),
    events: () => span.events.map(viewEvent),
    hasEvent: (name) => span.events.some((event) => event.name === name),
  }
}

function viewResource(resource: SdkSpan['resource']): ResourceView {
  let view = resources.get(resource)
  if (view === undefined) {
    view = { attributes: toMap(resource.attributes) }
    resources.set(resource, view)
  }
  return view
}

function viewEvent({ name, attributes = {} }: SdkSpan['events'][number]): SpanEventView {
  return { name, attributes: toMap(attributes) }
}

function toMap(attributes: Readonly<Record<string, unknown>>): Attributes {
  return new Map(Object.entries(attributes) as [string, AttributeValue][])
}

function toNanoseconds([seconds, nanoseconds]: SdkSpan['startTime']): bigint {
  return BigInt(seconds) * 1_000_000_000n + BigInt(nanoseconds)
}
