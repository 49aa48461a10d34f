import type { Attributes, Span } from '@opentelemetry/api'

/** What spans of OpenTelemetry's SDK have, and what Sentry's own have: the API promises no way to read one. */
interface Kept {
  readonly attributes?: Attributes | null
  readonly _attributes?: Attributes | null
}

/** What a span says so far; `undefined` where it can't be read. */
export function attributesOf(span: Span): Attributes | undefined {
  const { attributes, _attributes } = span as Kept
  const kept = attributes ?? _attributes
  return typeof kept === 'object' && kept !== null ? kept : undefined
}
