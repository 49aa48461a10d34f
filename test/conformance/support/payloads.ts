import { randomBytes } from 'node:crypto'
import { messageField, stringField } from '../../../packages/processor/src/protocol/protobuf-fields.ts'

export type Signal = 'traces' | 'metrics' | 'logs'

/** Span ids of a request, from which it can be told again. */
export function newIds(count: number): string[] {
  return Array.from({ length: count }, () => randomBytes(8).toString('hex'))
}

const TRACE_ID = '5b8efff798038103d269b633813fc60c'

/** An ExportTraceServiceRequest with one plain span for each id. */
export function tracesProtobuf(ids: readonly string[], padding = 0): Buffer {
  const spans = ids.map((id) =>
    messageField(
      2,
      messageField(1, Buffer.from(TRACE_ID, 'hex')),
      messageField(2, Buffer.from(id, 'hex')),
      stringField(5, 'GET /'),
      ...(padding > 0
        ? [messageField(9, stringField(1, 'padding'), messageField(2, stringField(1, 'x'.repeat(padding))))]
        : []),
    ),
  )
  return messageField(1, messageField(2, ...spans))
}

export function tracesJson(ids: readonly string[]): Buffer {
  const spans = ids.map((spanId) => ({ traceId: TRACE_ID, spanId, name: 'GET /' }))
  return Buffer.from(JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] }))
}

/** A whole metrics or logs request, never looked into by the processor. */
export const METRICS_JSON = Buffer.from(
  '{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"m","gauge":{"dataPoints":[{"asInt":"9007199254740993","timeUnixNano":"1"}]}}]}]}]}',
)
export const LOGS_JSON = Buffer.from(
  '{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"timeUnixNano":"1","body":{"stringValue":"hello"}}]}]}]}',
)

/** The span ids in a request, in order. */
export function spanIds(body: Buffer, encoding: 'protobuf' | 'json'): string[] {
  if (encoding === 'json') {
    const request = JSON.parse(body.toString()) as {
      resourceSpans?: { scopeSpans?: { spans?: { spanId: string }[] }[] }[]
    }
    return (request.resourceSpans ?? []).flatMap(({ scopeSpans = [] }) =>
      scopeSpans.flatMap(({ spans = [] }) => spans.map(({ spanId }) => spanId)),
    )
  }
  return children(body, 1).flatMap((resource) =>
    children(resource, 2).flatMap((scope) =>
      children(scope, 2).flatMap((span) => children(span, 2).map((id) => id.toString('hex'))),
    ),
  )
}

/** Contents of the length-delimited fields of a number. */
export function children(message: Buffer, field: number): Buffer[] {
  const found: Buffer[] = []
  let position = 0
  const varint = (): number => {
    let value = 0
    for (let scale = 1; ; scale *= 128) {
      const byte = message.readUInt8(position++)
      value += (byte & 127) * scale
      if (byte < 128) return value
    }
  }
  while (position < message.length) {
    const tag = varint()
    const wireType = tag & 7
    if (wireType === 0) varint()
    else {
      const length = wireType === 2 ? varint() : wireType === 1 ? 8 : 4
      if (wireType === 2 && tag >>> 3 === field) found.push(message.subarray(position, position + length))
      position += length
    }
  }
  return found
}
