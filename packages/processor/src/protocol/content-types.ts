import type { OtlpEncoding } from '../types.ts'

/** https://opentelemetry.io/docs/specs/otlp/#otlphttp-request */
export const CONTENT_TYPES: Readonly<Record<OtlpEncoding, string>> = {
  protobuf: 'application/x-protobuf',
  json: 'application/json',
}

/** The encoding that a `Content-Type` header names. */
export function encodingOf(contentType: string | undefined): OtlpEncoding | undefined {
  const mediaType = contentType?.split(';', 1)[0]?.trim().toLowerCase()
  if (mediaType === CONTENT_TYPES.protobuf) return 'protobuf'
  return mediaType === CONTENT_TYPES.json ? 'json' : undefined
}
