import { diag } from '@opentelemetry/api'

// https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/ : an empty value means unset, and
// so does one that isn't understood, of which `diag` is warned.

export function readString(name: string): string | undefined {
  const value = process.env[name]?.trim()
  return value === '' ? undefined : value
}

/** One of the allowed values; upper and lower case don't matter. */
export function readOneOf<T extends string>(name: string, allowed: readonly T[]): T | undefined {
  const value = readString(name)
  if (value === undefined) return undefined
  const known = allowed.find((candidate) => candidate.toLowerCase() === value.toLowerCase())
  if (known === undefined) diag.warn(`${name}=${value} is not one of ${allowed.join(', ')}: ignored`)
  return known
}

export function readBoolean(name: string): boolean | undefined {
  const value = readOneOf(name, ['true', 'false'])
  return value === undefined ? undefined : value === 'true'
}

export function readPositiveNumber(name: string): number | undefined {
  const value = readString(name)
  if (value === undefined) return undefined
  if (Number(value) > 0) return Number(value)
  diag.warn(`${name}=${value} is not a number above 0: ignored`)
  return undefined
}

/** `item,item` */
export function readList(name: string): readonly string[] | undefined {
  const items = readString(name)
    ?.split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')
  return items === undefined || items.length === 0 ? undefined : [...new Set(items)]
}

/** `name=value,name=value` */
export function readPairs(name: string): Record<string, string> | undefined {
  const items = readList(name)
  if (items === undefined) return undefined
  const pairs: Record<string, string> = {}
  for (const item of items) {
    const at = item.indexOf('=')
    if (at > 0 && at < item.length - 1) pairs[item.slice(0, at).trim()] = item.slice(at + 1).trim()
    else diag.warn(`${name}: "${item}" is not a name=value pair: ignored`)
  }
  return pairs
}
