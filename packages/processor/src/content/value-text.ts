import type { AttributeValue } from '../otlp/types.ts'

/** A value as text, which doesn't depend on the encoding in which it came. */
export function valueText(value: AttributeValue | undefined): string {
  return typeof value === 'string' ? value : json(value)
}

function json(value: AttributeValue | undefined): string {
  if (typeof value === 'string') return JSON.stringify(value)
  if (value instanceof Uint8Array) return JSON.stringify(Buffer.from(value).toString('base64'))
  if (isList(value)) return `[${value.map(json).join()}]`
  if (typeof value !== 'object') return String(value)
  return `{${Object.entries(value).map(([name, member]) => `${JSON.stringify(name)}:${json(member)}`)}}`
}

function isList(value: AttributeValue | undefined): value is readonly (AttributeValue | undefined)[] {
  return Array.isArray(value)
}
