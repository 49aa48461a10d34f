import type { OtlpEncoding, Signal } from '../types.ts'
import { invalidData } from './otlp-error.ts'

/*
 * ExportMetricsServiceRequest: 1 resource_metrics { 2 scope_metrics { 2 metrics { 5|7|9|10|11 data { 1 data_points }}}}
 * ExportLogsServiceRequest:    1 resource_logs { 2 scope_logs { 2 log_records }}
 * ExportTraceServiceRequest:   1 resource_spans { 2 scope_spans { 2 spans }}
 */
const PATHS: Readonly<Record<Signal, readonly (readonly number[])[]>> = {
  traces: [[1], [2], [2]],
  metrics: [[1], [2], [2], [5, 7, 9, 10, 11], [1]],
  logs: [[1], [2], [2]],
}

const METRIC_DATA = ['gauge', 'sum', 'histogram', 'exponentialHistogram', 'summary']
const JSON_PATHS: Readonly<Record<Signal, readonly (readonly string[])[]>> = {
  traces: [['resourceSpans'], ['scopeSpans'], ['spans']],
  metrics: [['resourceMetrics'], ['scopeMetrics'], ['metrics'], METRIC_DATA, ['dataPoints']],
  logs: [['resourceLogs'], ['scopeLogs'], ['logRecords']],
}

/**
 * Spans, metric points or log records in an export request. Visits the containers only, never the items.
 *
 * @throws OtlpError 400 if the bytes are not such a request.
 */
export function countItems(body: Uint8Array, encoding: OtlpEncoding, signal: Signal): number {
  return encoding === 'protobuf'
    ? countMessages(body, 0, body.byteLength, PATHS[signal])
    : countJson(parseJson(body), JSON_PATHS[signal])
}

function parseJson(body: Uint8Array): unknown {
  if (body.byteLength === 0) return {}
  let value: unknown
  try {
    value = JSON.parse(Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8'))
  } catch (error) {
    throw invalidData(`body is not valid JSON: ${(error as Error).message}`, error)
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw invalidData('body is not a JSON object')
  }
  return value
}

function countJson(node: unknown, path: readonly (readonly string[])[]): number {
  if (typeof node !== 'object' || node === null || Array.isArray(node)) {
    throw invalidData('body does not follow the OTLP JSON mapping')
  }
  const [keys, ...rest] = path
  if (keys === undefined) return 1
  let count = 0
  for (const key of keys) {
    const value = (node as Record<string, unknown>)[key]
    if (value === undefined || value === null) continue
    // Of all that is on the way only a metric's data is no list.
    const children = METRIC_DATA.includes(key) ? [value] : value
    if (!Array.isArray(children)) throw invalidData(`body does not follow the OTLP JSON mapping: ${key}`)
    for (const child of children) count += countJson(child, rest)
  }
  return count
}

function countMessages(
  bytes: Uint8Array,
  start: number,
  end: number,
  path: readonly (readonly number[])[],
): number {
  if (path.length === 0) return 1
  const [fields, ...rest] = path as [readonly number[], ...(readonly number[])[]]
  const reader = { bytes, position: start }
  let count = 0
  while (reader.position < end) {
    const tag = readVarint(reader, end)
    const wireType = tag & 7
    const field = tag >>> 3
    if (field === 0) throw invalidData('body is not a valid OTLP protobuf message: field number 0')
    if (wireType === 2) {
      const length = readVarint(reader, end)
      if (length > end - reader.position)
        throw invalidData('body is not a valid OTLP protobuf message: cut short')
      if (fields.includes(field)) {
        count += countMessages(bytes, reader.position, reader.position + length, rest)
      }
      reader.position += length
    } else if (wireType === 0) readVarint(reader, end)
    else if (wireType === 1) reader.position += 8
    else if (wireType === 5) reader.position += 4
    else throw invalidData(`body is not a valid OTLP protobuf message: wire type ${wireType}`)
  }
  if (reader.position > end) throw invalidData('body is not a valid OTLP protobuf message: cut short')
  return count
}

/** Reads up to ten bytes; bits above 2^53 are of no use here and may be lost. */
function readVarint(reader: { readonly bytes: Uint8Array; position: number }, end: number): number {
  let value = 0
  for (let shift = 0; shift < 70; shift += 7) {
    if (reader.position >= end) throw invalidData('body is not a valid OTLP protobuf message: cut short')
    const byte = reader.bytes[reader.position++] as number
    value += (byte & 127) * 2 ** shift
    if (byte < 128) return value
  }
  throw invalidData('body is not a valid OTLP protobuf message: varint too long')
}
