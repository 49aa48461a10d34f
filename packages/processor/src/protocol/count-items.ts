import { asBuffer } from '../otlp/as-buffer.ts'
import { bySignal } from '../signals.ts'
import type { OtlpEncoding, Signal } from '../types.ts'
import { invalidData, type OtlpError } from './otlp-error.ts'
import { LEVEL_FIELDS, LEVEL_NAMES } from './request-levels.ts'

/** What is counted of a metric are its points: metrics { 5|7|9|10|11 data { 1 data_points } } */
const METRIC_DATA = ['gauge', 'sum', 'histogram', 'exponentialHistogram', 'summary']
const PATHS = bySignal((signal): readonly (readonly number[])[] => [
  ...LEVEL_FIELDS.map((field) => [field]),
  ...(signal === 'metrics' ? [[5, 7, 9, 10, 11], [1]] : []),
])
const JSON_PATHS = bySignal((signal): readonly (readonly string[])[] => [
  ...LEVEL_NAMES[signal].map((name) => [name]),
  ...(signal === 'metrics' ? [METRIC_DATA, ['dataPoints']] : []),
])

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
    value = JSON.parse(asBuffer(body).toString('utf8'))
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
    if (field === 0) throw malformed('field number 0')
    if (wireType === 2) {
      const length = readVarint(reader, end)
      if (length > end - reader.position) throw malformed('cut short')
      if (fields.includes(field)) {
        count += countMessages(bytes, reader.position, reader.position + length, rest)
      }
      reader.position += length
    } else if (wireType === 0) readVarint(reader, end)
    else if (wireType === 1) reader.position += 8
    else if (wireType === 5) reader.position += 4
    else throw malformed(`wire type ${wireType}`)
  }
  if (reader.position > end) throw malformed('cut short')
  return count
}

function malformed(problem: string): OtlpError {
  return invalidData(`body is not a valid OTLP protobuf message: ${problem}`)
}

/** Reads up to ten bytes; bits above 2^53 are of no use here and may be lost. */
function readVarint(reader: { readonly bytes: Uint8Array; position: number }, end: number): number {
  let value = 0
  for (let shift = 0; shift < 70; shift += 7) {
    if (reader.position >= end) throw malformed('cut short')
    const byte = reader.bytes[reader.position++] as number
    value += (byte & 127) * 2 ** shift
    if (byte < 128) return value
  }
  throw malformed('varint too long')
}
