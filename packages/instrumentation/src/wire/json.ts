/** A JSON object whose members are not yet known to be of any type. */
export type JsonObject = Record<string, unknown>

/** A longer id, model or reason is none, and would only bloat the span. */
const MAX_LABEL_LENGTH = 1024

const NOTHING: readonly JsonObject[] = []

const DIGITS = /^\d{1,15}$/

/** `undefined` where the text isn't JSON, or isn't a JSON object. */
export function parseObject(text: string): JsonObject | undefined {
  return asObject(parseJson(text))
}

/** `undefined` where the text isn't JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function asObject(value: unknown): JsonObject | undefined {
  return isObject(value) ? value : undefined
}

/** The members of an object that aren't `null`. */
export function withoutNulls(value: unknown): JsonObject {
  return Object.fromEntries(Object.entries(asObject(value) ?? {}).filter(([, member]) => member !== null))
}

/** The objects in an array; nothing where there is no array. */
export function objectsIn(value: unknown): readonly JsonObject[] {
  if (!Array.isArray(value)) return NOTHING
  return value.every(isObject) ? value : value.filter(isObject)
}

/** A string that can stand on a span, empty ones included. */
export function asLabel(value: unknown): string | undefined {
  return typeof value === 'string' && value.length <= MAX_LABEL_LENGTH ? value : undefined
}

/** A string that says something: providers send `""` where they mean nothing. */
export function asName(value: unknown): string | undefined {
  return value === '' ? undefined : asLabel(value)
}

/**
 * A count of tokens, images, requests: a whole number, not negative, possibly as a string of digits. Anything else is
 * unknown.
 */
export function asCount(value: unknown): number | undefined {
  if (typeof value === 'string') return DIGITS.test(value) ? Number(value) : undefined
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined
}

export function asNumber(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined
}

export function asBoolean(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined
}

/** A list of strings; one string counts as a list of one. */
export function asNames(value: unknown): string[] | undefined {
  if (value === undefined) return undefined
  const names = (Array.isArray(value) ? value : [value]).map(asName).filter((name) => name !== undefined)
  return names.length > 0 ? names : undefined
}

/** The sum of what is known; `undefined` where nothing is. */
export function sumOf(...counts: (number | undefined)[]): number | undefined {
  const known = counts.filter((count) => count !== undefined)
  return known.length > 0 ? asCount(known.reduce((sum, count) => sum + count, 0)) : undefined
}
