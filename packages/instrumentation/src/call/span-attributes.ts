import type { Attributes, Span } from '@opentelemetry/api'

/** The API has no way to read a span: OpenTelemetry's SDK keeps `attributes`, Sentry's own spans keep `_attributes`. */
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
