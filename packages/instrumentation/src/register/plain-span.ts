import { createTraceState, type Link, type SpanContext } from '@opentelemetry/api'
import { type Resource, resourceFromAttributes } from '@opentelemetry/resources'
import type { ReadableSpan } from '@opentelemetry/sdk-trace'

type PlainContext = Omit<SpanContext, 'traceState'> & { readonly traceState: string | undefined }

/** A finished span as plain data, which can be sent to another thread. */
export interface PlainSpan
  extends Omit<ReadableSpan, 'spanContext' | 'parentSpanContext' | 'links' | 'resource'> {
  readonly context: PlainContext
  readonly parent: PlainContext | undefined
  readonly links: readonly (Omit<Link, 'context'> & { readonly context: PlainContext })[]
  readonly resource: { readonly attributes: Resource['attributes']; readonly schemaUrl: string | undefined }
}

export function plainSpan(span: ReadableSpan): PlainSpan {
  return {
    context: plainContext(span.spanContext()),
    parent: span.parentSpanContext && plainContext(span.parentSpanContext),
    name: span.name,
    kind: span.kind,
    status: span.status,
    startTime: span.startTime,
    endTime: span.endTime,
    duration: span.duration,
    ended: span.ended,
    attributes: span.attributes,
    events: span.events,
    links: span.links.map((link) => ({ ...link, context: plainContext(link.context) })),
    resource: { attributes: span.resource.attributes, schemaUrl: span.resource.schemaUrl },
    instrumentationScope: span.instrumentationScope,
    droppedAttributesCount: span.droppedAttributesCount,
    droppedEventsCount: span.droppedEventsCount,
    droppedLinksCount: span.droppedLinksCount,
  }
}

export function readableSpan({ context, parent, links, resource, ...span }: PlainSpan): ReadableSpan {
  const { attributes, schemaUrl } = resource
  const own = spanContext(context)
  return {
    ...span,
    spanContext: () => own,
    ...(parent !== undefined && { parentSpanContext: spanContext(parent) }),
    links: links.map((link) => ({ ...link, context: spanContext(link.context) })),
    resource: resourceFromAttributes(attributes, schemaUrl === undefined ? {} : { schemaUrl }),
  }
}

function plainContext({ traceState, ...context }: SpanContext): PlainContext {
  return { ...context, traceState: traceState?.serialize() }
}

function spanContext({ traceState, ...context }: PlainContext): SpanContext {
  return { ...context, ...(traceState !== undefined && { traceState: createTraceState(traceState) }) }
}
