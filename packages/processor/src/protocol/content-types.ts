import type { OtlpEncoding } from '../types.ts'

/** https://opentelemetry.io/docs/specs/otlp/#otlphttp-request */
export const CONTENT_TYPES: Readonly<Record<OtlpEncoding, string>> = {
  protobuf: 'application/x-protobuf',
  json: 'application/json',
}
