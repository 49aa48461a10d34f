import type { AttributeValue } from './types.ts'

const DEEPEST_VALUE = 16

/** The value of a parsed AnyValue in OTLP's JSON encoding. 64-bit integers are strings or numbers, bytes are base64. */
export function jsonAnyValue(json: unknown, depth = 0): AttributeValue | undefined {
  if (typeof json !== 'object' || json === null || depth > DEEPEST_VALUE) return undefined
  const value = json as Record<string, unknown>
  if (typeof value.stringValue === 'string') return value.stringValue
  if (typeof value.boolValue === 'boolean') return value.boolValue
  if (value.intValue !== undefined && value.intValue !== null) return jsonInteger(value.intValue)
  if (value.doubleValue !== undefined && value.doubleValue !== null) return jsonDouble(value.doubleValue)
  if (typeof value.bytesValue === 'string') return Buffer.from(value.bytesValue, 'base64')
  const list = valuesOf(value.arrayValue)
  if (list !== undefined) return list.map((item) => jsonAnyValue(item, depth + 1))
  const entries = valuesOf(value.kvlistValue)
  if (entries === undefined) return undefined
  const record: Record<string, AttributeValue | undefined> = Object.create(null)
  for (const entry of entries) {
    const { key, value: member } = (entry ?? {}) as { key?: unknown; value?: unknown }
    if (typeof key === 'string' && !(key in record)) record[key] = jsonAnyValue(member, depth + 1)
  }
  return record
}

function valuesOf(holder: unknown): unknown[] | undefined {
  if (typeof holder !== 'object' || holder === null) return undefined
  const { values } = holder as { values?: unknown }
  return Array.isArray(values) ? values : []
}

export function jsonInteger(value: unknown): number | bigint | undefined {
  if (typeof value === 'number') return Number.isInteger(value) ? value : undefined
  if (typeof value === 'string' && value.length < 16 && /^\d+$/.test(value)) return Number(value)
  if (typeof value !== 'string' || !/^-?\d{1,20}$|^-?\d+(\.0*)?(e\+?\d{1,2})?$/i.test(value)) return undefined
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : /^-?\d+$/.test(value) ? BigInt(value) : number
}

function jsonDouble(value: unknown): number | undefined {
  if (typeof value === 'number') return value
  if (value === 'NaN' || value === 'Infinity' || value === '-Infinity') return Number(value)
  return typeof value === 'string' && value !== '' && !Number.isNaN(Number(value)) ? Number(value) : undefined
}

/** The attributes in a parsed list of KeyValues; of a repeated name the first counts. */
export function jsonAttributes(json: unknown): Map<string, AttributeValue> {
  const attributes = new Map<string, AttributeValue>()
  if (!Array.isArray(json)) return attributes
  for (const entry of json) {
    const { key, value: member } = (entry ?? {}) as { key?: unknown; value?: unknown }
    const value = jsonAnyValue(member)
    if (typeof key === 'string' && value !== undefined && !attributes.has(key)) attributes.set(key, value)
  }
  return attributes
}
