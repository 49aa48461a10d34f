import type { Usage } from '@spanmeter/pricing'
import type { AttributeValue, SpanView } from '../../otlp/types.ts'

export type JsonObject = Readonly<Record<string, unknown>>

/** Longer JSON is content, not usage. */
const LONGEST_JSON = 256 * 1024

/** The first of these attributes that is a non-empty string. */
export function text(span: SpanView, ...names: string[]): string | undefined {
  return first(span, names, asText)
}

/** The first of these attributes that is a count: a whole number, however it is typed. */
export function count(span: SpanView, ...names: string[]): number | undefined {
  return first(span, names, asCount)
}

/** The first of these attributes that is a finite number, or a string of one. */
export function number(span: SpanView, ...names: string[]): number | undefined {
  return first(span, names, asNumber)
}

export function flag(span: SpanView, ...names: string[]): boolean | undefined {
  return first(span, names, asFlag)
}

function first<T>(
  span: SpanView,
  names: readonly string[],
  as: (value: AttributeValue | undefined) => T | undefined,
): T | undefined {
  for (const name of names) {
    const value = as(span.attribute(name))
    if (value !== undefined) return value
  }
  return undefined
}

/** A whole number from 0 to 2^53 - 1; some emitters write it as a double or as a string. */
export function asCount(value: unknown): number | undefined {
  const candidate = asNumber(value)
  return candidate !== undefined && Number.isSafeInteger(candidate) && candidate >= 0 ? candidate : undefined
}

export function asNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined
  if (typeof value !== 'string' || value.length > 32 || value.trim() === '') return undefined
  if (value.startsWith('{')) return ofAnyValue(asObject(value))
  const parsed = Number(value)
  return Number.isFinite(parsed) ? parsed : undefined
}

/** Some exporters write a value as text together with its type: `{"intValue":"64"}`. */
function ofAnyValue(value: JsonObject | undefined): number | undefined {
  const inner = value?.intValue ?? value?.doubleValue
  return typeof inner === 'object' ? undefined : asNumber(inner)
}

/** Python writes `True`. */
export function asFlag(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value
  if (value === 'true' || value === 'True') return true
  if (value === 'false' || value === 'False') return false
  return undefined
}

export function asText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** The attribute as an object: a map, or a string of JSON that holds one, or JSON of such a string. */
export function object(span: SpanView, name: string): JsonObject | undefined {
  return asObject(span.attribute(name))
}

/** The members of an object that is one JSON attribute, or one attribute for each member (`name.member`). */
export function members(span: SpanView, name: string): JsonObject {
  const flat: Record<string, unknown> = {}
  for (const attribute of span.shape.names) {
    if (attribute.startsWith(`${name}.`)) flat[attribute.slice(name.length + 1)] = span.attribute(attribute)
  }
  return { ...flat, ...object(span, name) }
}

export function asObject(value: AttributeValue | unknown): JsonObject | undefined {
  if (typeof value === 'string') {
    if (value.length > LONGEST_JSON || !/^[{"]/.test(value)) return undefined
    try {
      return asObject(JSON.parse(value))
    } catch {
      return undefined
    }
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value) || value instanceof Uint8Array) {
    return undefined
  }
  return value as Record<string, unknown>
}

/** An object as JSON, or as Python prints a dict. */
export function printedObject(span: SpanView, name: string): JsonObject | undefined {
  const value = span.attribute(name)
  return asObject(typeof value === 'string' ? value.replaceAll(pythonWord, inJson) : value)
}

const pythonWord = /'|\b(None|True|False)\b/g

function inJson(word: string): string {
  return word === "'" ? '"' : word === 'None' ? 'null' : word.toLowerCase()
}

export function hostOf(url: string | undefined): string | undefined {
  return url !== undefined && URL.canParse(url) ? new URL(url).hostname : undefined
}

/** The facts without their undefined members. */
export function known<T extends object>(facts: { [K in keyof T]: T[K] | undefined }): T {
  const result: Partial<T> = {}
  for (const name in facts) if (facts[name] !== undefined) result[name] = facts[name]
  return result as T
}

/** The same for usage; undefined if no part of it is known. */
export function knownUsage(usage: { [K in keyof Usage]: Usage[K] | undefined }): Usage | undefined {
  const result: Usage = {}
  let isKnown = false
  for (const part in usage) {
    const tokens = usage[part as keyof Usage]
    if (tokens === undefined) continue
    result[part as keyof Usage] = tokens
    isKnown = true
  }
  return isKnown ? result : undefined
}
