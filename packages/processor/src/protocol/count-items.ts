import { asBuffer } from '../otlp/as-buffer.ts'
import { ProtobufReader, WireType } from '../otlp/protobuf-reader.ts'
import { bySignal } from '../signals.ts'
import type { OtlpEncoding, Signal } from '../types.ts'
import { invalidData } from './otlp-error.ts'
import { LEVEL_FIELDS, LEVEL_NAMES } from './request-levels.ts'

/** For metrics, points are counted: metrics { 5|7|9|10|11 data { 1 data_points } } */
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
 * Counts the spans, metric points or log records of an export request. Only looks into their containers, not into the items.
 *
 * @throws InvalidTracesError or OtlpError 400 if the bytes are not such a request.
 */
export function countItems(body: Uint8Array, encoding: OtlpEncoding, signal: Signal): number {
  return encoding === 'protobuf'
    ? countProtobuf(body, PATHS[signal])
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
    // All levels are lists, except for a metric's data.
    const children = METRIC_DATA.includes(key) ? [value] : value
    if (!Array.isArray(children)) throw invalidData(`body does not follow the OTLP JSON mapping: ${key}`)
    for (const child of children) count += countJson(child, rest)
  }
  return count
}

const reader = new ProtobufReader()

function countProtobuf(body: Uint8Array, path: readonly (readonly number[])[]): number {
  reader.begin(asBuffer(body))
  return countMessages(body.byteLength, path)
}

function countMessages(end: number, path: readonly (readonly number[])[]): number {
  const [fields, ...rest] = path
  if (fields === undefined) return 1
  let count = 0
  while (reader.position < end) {
    const tag = reader.tag(end)
    if ((tag & 7) === WireType.length && fields.includes(tag >>> 3)) {
      const fieldEnd = reader.fieldEnd(end)
      count += countMessages(fieldEnd, rest)
      reader.position = fieldEnd
    } else {
      reader.skip(tag, end)
    }
  }
  return count
}
