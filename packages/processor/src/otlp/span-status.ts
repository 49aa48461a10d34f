export type SpanStatus = 'unset' | 'ok' | 'error'

const STATUSES: readonly SpanStatus[] = ['unset', 'ok', 'error']

/** What the codes are called. */
export const STATUS_CODES: readonly string[] = ['STATUS_CODE_UNSET', 'STATUS_CODE_OK', 'STATUS_CODE_ERROR']

/** From a status code or, as some senders of JSON have it, its name: https://opentelemetry.io/docs/specs/otel/trace/api/#set-status */
export function statusOf(code: unknown): SpanStatus {
  return STATUSES[typeof code === 'string' ? STATUS_CODES.indexOf(code) : Number(code)] ?? 'unset'
}
