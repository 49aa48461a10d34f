import { STATUS_CODES } from '../span-status.ts'
import { keyValue, resource, scope } from './common.ts'
import { MessageType } from './types.ts'

// https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/trace/v1/trace.proto

const kinds = ['UNSPECIFIED', 'INTERNAL', 'SERVER', 'CLIENT', 'PRODUCER', 'CONSUMER'].map(
  (kind) => `SPAN_KIND_${kind}`,
)

const event = new MessageType()
  .field(1, 'timeUnixNano', 'fixed64')
  .field(2, 'name', 'string')
  .repeated(3, 'attributes', keyValue)
  .field(4, 'droppedAttributesCount', 'uint32')

const link = new MessageType()
  .field(1, 'traceId', 'id')
  .field(2, 'spanId', 'id')
  .field(3, 'traceState', 'string')
  .repeated(4, 'attributes', keyValue)
  .field(5, 'droppedAttributesCount', 'uint32')
  .field(6, 'flags', 'fixed32')

const span = new MessageType()
  .field(1, 'traceId', 'id')
  .field(2, 'spanId', 'id')
  .field(3, 'traceState', 'string')
  .field(4, 'parentSpanId', 'id')
  .field(16, 'flags', 'fixed32')
  .field(5, 'name', 'string')
  .enumeration(6, 'kind', kinds)
  .field(7, 'startTimeUnixNano', 'fixed64')
  .field(8, 'endTimeUnixNano', 'fixed64')
  .repeated(9, 'attributes', keyValue)
  .field(10, 'droppedAttributesCount', 'uint32')
  .repeated(11, 'events', event)
  .field(12, 'droppedEventsCount', 'uint32')
  .repeated(13, 'links', link)
  .field(14, 'droppedLinksCount', 'uint32')
  .field(15, 'status', new MessageType().field(2, 'message', 'string').enumeration(3, 'code', STATUS_CODES))

const scopeSpans = new MessageType()
  .field(1, 'scope', scope)
  .repeated(2, 'spans', span)
  .field(3, 'schemaUrl', 'string')

const resourceSpans = new MessageType()
  .field(1, 'resource', resource)
  .repeated(2, 'scopeSpans', scopeSpans)
  .field(3, 'schemaUrl', 'string')

export const tracesRequest: MessageType = new MessageType().repeated(1, 'resourceSpans', resourceSpans)
