export type SpanStatus = 'unset' | 'ok' | 'error'

const STATUSES: readonly SpanStatus[] = ['unset', 'ok', 'error']

/** From a status code: https://opentelemetry.io/docs/specs/otel/trace/api/#set-status */
export function statusOf(code: number): SpanStatus {
  return STATUSES[code] ?? 'unset'
}
