import { once } from 'node:events'
import { createServer } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { gunzipSync } from 'node:zlib'
import protobuf from 'protobufjs'
import { listenLocally } from './listen-locally.ts'

/** The part of opentelemetry-proto's trace service that tests compare; names and numbers as published there. */
const PROTO = `
syntax = "proto3";
message Request { repeated ResourceSpans resource_spans = 1; }
message ResourceSpans { Resource resource = 1; repeated ScopeSpans scope_spans = 2; }
message Resource { repeated KeyValue attributes = 1; }
message ScopeSpans { Scope scope = 1; repeated Span spans = 2; }
message Scope { string name = 1; string version = 2; }
message Span {
  bytes trace_id = 1; bytes span_id = 2; bytes parent_span_id = 4; string name = 5; int32 kind = 6;
  fixed64 start_time_unix_nano = 7; fixed64 end_time_unix_nano = 8; repeated KeyValue attributes = 9;
  repeated Event events = 11; Status status = 15;
}
message Event { fixed64 time_unix_nano = 1; string name = 2; repeated KeyValue attributes = 3; }
message Status { string message = 2; int32 code = 3; }
message KeyValue { string key = 1; AnyValue value = 2; }
message ArrayValue { repeated AnyValue values = 1; }
message AnyValue { oneof value {
  string string_value = 1; bool bool_value = 2; int64 int_value = 3; double double_value = 4; ArrayValue array_value = 5;
} }
`
const Request = protobuf.parse(PROTO, { keepCase: false }).root.lookupType('Request')

export interface ReceivedSpan {
  name: string
  kind: number
  traceId: string
  spanId: string
  parentSpanId: string
  scope: string
  resource: Record<string, unknown>
  attributes: Record<string, unknown>
  events: { name: string; attributes: Record<string, unknown> }[]
  status: { code?: number; message?: string }
}

// biome-ignore lint/suspicious/noExplicitAny: decoded messages have no types
type Decoded = any

function value(any: Decoded): unknown {
  if (any?.arrayValue) return (any.arrayValue.values ?? []).map(value)
  if (any?.intValue !== undefined) return Number(any.intValue)
  return any?.stringValue ?? any?.boolValue ?? any?.doubleValue
}

const attributes = (list: Decoded[] = []): Record<string, unknown> =>
  Object.fromEntries(list.map(({ key, value: any }) => [key, value(any)]))

/** The spans of one ExportTraceServiceRequest in protobuf, as plain objects. */
export function decodeSpans(body: Uint8Array): ReceivedSpan[] {
  const request: Decoded = Request.toObject(Request.decode(body), { longs: String, bytes: Buffer })
  const hex = (bytes?: Buffer): string => bytes?.toString('hex') ?? ''
  return (request.resourceSpans ?? []).flatMap((resourceSpans: Decoded) =>
    (resourceSpans.scopeSpans ?? []).flatMap((scopeSpans: Decoded) =>
      (scopeSpans.spans ?? []).map((span: Decoded) => ({
        name: span.name,
        kind: span.kind ?? 0,
        traceId: hex(span.traceId),
        spanId: hex(span.spanId),
        parentSpanId: hex(span.parentSpanId),
        scope: scopeSpans.scope?.name ?? '',
        resource: attributes(resourceSpans.resource?.attributes),
        attributes: attributes(span.attributes),
        events: (span.events ?? []).map((event: Decoded) => ({
          name: event.name,
          attributes: attributes(event.attributes),
        })),
        status: span.status ?? {},
      })),
    ),
  )
}

export interface OtlpSink {
  url: string
  spans: ReceivedSpan[]
  /** Resolves once the condition holds; checked at each export. */
  until(condition: (spans: ReceivedSpan[]) => boolean): Promise<void>
  close(): Promise<void>
}

/** An OTLP/HTTP protobuf backend that keeps what it is sent. */
export async function startOtlpSink(): Promise<OtlpSink> {
  const spans: ReceivedSpan[] = []
  const waiting = new Set<() => void>()
  const server = createServer(async (request, response) => {
    const body = await buffer(request)
    if (request.url === '/v1/traces') {
      spans.push(...decodeSpans(request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body))
    }
    response.setHeader('content-type', 'application/x-protobuf').end()
    for (const check of waiting) check()
  })
  const port = await listenLocally(server)
  return {
    url: `http://127.0.0.1:${port}`,
    spans,
    until: (condition) =>
      new Promise((resolve) => {
        const check = (): void => {
          if (!condition(spans)) return
          waiting.delete(check)
          resolve()
        }
        waiting.add(check)
        check()
      }),
    close: async () => {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}
