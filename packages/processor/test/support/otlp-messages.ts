import protobuf from 'protobufjs'

// Field numbers of opentelemetry-proto v1.11, written out here so that the oracle shares nothing with the code under test.
const schema = `
syntax = "proto3";
message ExportTraceServiceRequest { repeated ResourceSpans resource_spans = 1; }
message ResourceSpans { Resource resource = 1; repeated ScopeSpans scope_spans = 2; string schema_url = 3; }
message Resource { repeated KeyValue attributes = 1; uint32 dropped_attributes_count = 2; }
message ScopeSpans { InstrumentationScope scope = 1; repeated Span spans = 2; string schema_url = 3; }
message InstrumentationScope { string name = 1; string version = 2; repeated KeyValue attributes = 3; uint32 dropped_attributes_count = 4; }
message Span {
  bytes trace_id = 1; bytes span_id = 2; string trace_state = 3; bytes parent_span_id = 4; fixed32 flags = 16;
  string name = 5; int32 kind = 6; fixed64 start_time_unix_nano = 7; fixed64 end_time_unix_nano = 8;
  repeated KeyValue attributes = 9; uint32 dropped_attributes_count = 10;
  message Event { fixed64 time_unix_nano = 1; string name = 2; repeated KeyValue attributes = 3; uint32 dropped_attributes_count = 4; }
  repeated Event events = 11; uint32 dropped_events_count = 12;
  message Link { bytes trace_id = 1; bytes span_id = 2; string trace_state = 3; repeated KeyValue attributes = 4; uint32 dropped_attributes_count = 5; fixed32 flags = 6; }
  repeated Link links = 13; uint32 dropped_links_count = 14; Status status = 15;
}
message Status { string message = 2; int32 code = 3; }
message KeyValue { string key = 1; AnyValue value = 2; }
message AnyValue { oneof value { string string_value = 1; bool bool_value = 2; int64 int_value = 3; double double_value = 4; ArrayValue array_value = 5; KeyValueList kvlist_value = 6; bytes bytes_value = 7; } }
message ArrayValue { repeated AnyValue values = 1; }
message KeyValueList { repeated KeyValue values = 1; }
`

const requestType = protobuf.parse(schema, { keepCase: false }).root.lookupType('ExportTraceServiceRequest')

// biome-ignore lint/suspicious/noExplicitAny: OTLP in its JSON shape, as tests write it down
export type Message = any

/** An ExportTraceServiceRequest from its object form (64-bit integers as strings or numbers, ids as bytes). */
export function encodeTraces(request: Message): Buffer {
  return Buffer.from(requestType.encode(requestType.fromObject(request)).finish())
}

/** The object form, with 64-bit integers as strings. */
export function decodeTraces(bytes: Uint8Array): Message {
  return requestType.toObject(requestType.decode(bytes), { longs: String })
}

/** Attributes of `{ name: value }`: whole numbers as integers, others as doubles. */
export function attributes(values: Readonly<Record<string, unknown>>): Message[] {
  return Object.entries(values).map(([key, value]) => ({ key, value: anyValue(value) }))
}

export function anyValue(value: unknown): Message {
  if (typeof value === 'string') return { stringValue: value }
  if (typeof value === 'boolean') return { boolValue: value }
  if (typeof value === 'number') return Number.isInteger(value) ? { intValue: value } : { doubleValue: value }
  if (Array.isArray(value)) return { arrayValue: { values: value.map(anyValue) } }
  return { kvlistValue: { values: attributes(value as Record<string, unknown>) } }
}

/** A value as plain JavaScript again. */
export function plainValue(value: Message): unknown {
  if (value === undefined || value === null) return undefined
  if (value.stringValue !== undefined) return value.stringValue
  if (value.boolValue !== undefined) return value.boolValue
  if (value.intValue !== undefined) return Number(value.intValue)
  if (value.doubleValue !== undefined) return value.doubleValue
  if (value.arrayValue !== undefined) return (value.arrayValue.values ?? []).map(plainValue)
  if (value.kvlistValue !== undefined) return plainAttributes(value.kvlistValue.values ?? [])
  return value.bytesValue
}

/** `{ name: value }` of attributes; of a repeated name the first. */
export function plainAttributes(list: readonly Message[]): Record<string, unknown> {
  const result: Record<string, unknown> = {}
  for (const { key, value } of list) if (!(key in result)) result[key] = plainValue(value)
  return result
}

export interface TestSpan {
  id?: number
  parent?: number
  trace?: number
  name?: string
  kind?: number
  start?: string
  end?: string
  attributes?: Readonly<Record<string, unknown>>
  [other: string]: unknown
}

/** A Span message with ids made from small numbers. */
export function testSpan(span: TestSpan): Message {
  const { id = 1, parent, trace = 1, name = 'span', start, end, attributes: values = {}, ...others } = span
  return {
    traceId: Buffer.alloc(16, trace),
    spanId: identifier(id),
    ...(parent === undefined ? {} : { parentSpanId: identifier(parent) }),
    name,
    startTimeUnixNano: start ?? '1780000000000000001',
    endTimeUnixNano: end ?? '1780000001000000001',
    attributes: attributes(values),
    ...others,
  }
}

function identifier(number: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeUInt32BE(number, 4)
  return bytes
}

/** A request with one resource and one scope. */
export function requestOf(
  spans: readonly TestSpan[],
  resource: Readonly<Record<string, unknown>> = {},
): Buffer {
  return encodeTraces({
    resourceSpans: [
      {
        resource: { attributes: attributes(resource) },
        scopeSpans: [{ scope: { name: 'test' }, spans: spans.map(testSpan) }],
      },
    ],
  })
}

/** Attributes of all spans of a request, in order. */
export function spanAttributes(bytes: Uint8Array): Record<string, unknown>[] {
  return decodeTraces(bytes).resourceSpans.flatMap((resourceSpans: Message) =>
    (resourceSpans.scopeSpans ?? []).flatMap((scopeSpans: Message) =>
      (scopeSpans.spans ?? []).map((span: Message) => plainAttributes(span.attributes ?? [])),
    ),
  )
}
