import type { AttributeValue, SpanView } from '../otlp/types.ts'

export const DEFAULT_KEYS: readonly string[] = [
  'feature',
  'tenant',
  'team',
  'workflow',
  'customer_tier',
  'environment',
  'user',
  'endpoint',
]

/** Where spans carry business keys, besides `business.<key>`: baggage that an SDK copied, and the free-form metadata of other instrumentations. */
const spanPrefixes: readonly string[] = [
  'baggage.',
  'traceloop.association.properties.',
  'ai.telemetry.metadata.',
  'langfuse.trace.metadata.',
  'langsmith.metadata.',
  '',
]

/** A business key's value as the span states it. */
export function spanValue(span: SpanView, key: string): string | undefined {
  for (const prefix of spanPrefixes) {
    const value = asKeyValue(span.attribute(prefix + key))
    if (value !== undefined) return value
  }
  return undefined
}

/** A business key's value as the span's resource states it. */
export function resourceValue(span: SpanView, key: string): string | undefined {
  const { attributes } = span.resource
  return asKeyValue(attributes.get(`business.${key}`)) ?? asKeyValue(attributes.get(key))
}

/** Keys are text: numbers and booleans in their plain form; lists, maps and empty strings are no key. */
export function asKeyValue(value: AttributeValue | undefined): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean')
    return String(value)
  return undefined
}
