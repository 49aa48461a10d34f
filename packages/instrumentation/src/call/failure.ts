import type { GenAiResponse } from '../flavors/types.ts'
import type { HeaderReader } from '../request-head.ts'

/** Why an attempt failed, and whether its client may well try again. */
export interface AttemptFailure {
  /** `error.type`: the provider's own code, the HTTP status, or the error's code or name. Low cardinality. */
  readonly type: string
  readonly message?: string
  readonly status?: number
  /** The exception that the app's own call is rejected with, where there is one. */
  readonly exception?: Error
  /** Milliseconds within which another attempt would still be the same call; `undefined`: there will be none. */
  readonly retryWithin?: number
}

/** The statuses that SDKs try again. 529 is Anthropic's "overloaded". */
const RETRYABLE_STATUSES: ReadonlySet<number> = new Set([
  408, 409, 429, 500, 502, 503, 504, 520, 522, 524, 529,
])
/** The longest back-off of the common SDKs, 8 s, and some slack. */
const RETRY_WITHIN_MS = 10_000
const LONGEST_RETRY_AFTER_MS = 120_000

/** @returns `undefined` where the response is a success. */
export function failureOfResponse(
  status: number,
  header: HeaderReader,
  response: GenAiResponse | undefined,
): AttemptFailure | undefined {
  const error = response?.error
  if (status < 400 && error === undefined) return undefined
  const within = status >= 400 ? retryWithin(status, header) : undefined
  return {
    type: error?.type ?? (status >= 400 ? String(status) : '_OTHER'),
    status,
    ...(error?.message !== undefined && { message: error.message }),
    ...(within !== undefined && { retryWithin: within }),
  }
}

export function failureOfError(error: unknown): AttemptFailure {
  const exception = error instanceof Error ? error : new Error(String(error))
  const aborted = isAbort(error)
  return {
    type: aborted ? (error === exception ? exception.name : 'AbortError') : errorType(exception),
    message: exception.message,
    exception,
    retryWithin: RETRY_WITHIN_MS,
  }
}

/** What an `AbortController`, a cancelled reader or a destroyed request ends with: the app's own doing. */
function isAbort(error: unknown): boolean {
  // A network fails with an error: anything else is a reason that the app gave to `cancel` or `abort`.
  if (typeof error !== 'object' || error === null) return true
  const { name, code } = error as { name?: unknown; code?: unknown }
  return (
    name === 'AbortError' || name === 'TimeoutError' || code === 'ABORT_ERR' || code === 'UND_ERR_ABORTED'
  )
}

/**
 * Whether the app abandoned a response that had begun. Its reason may be an error of its own, which has no code; those
 * of a network have one.
 */
export function isAbandoned(error: unknown): boolean {
  return isAbort(error) || codeOf(error) === undefined
}

function errorType(error: Error): string {
  return codeOf(error) ?? error.name
}

function codeOf(error: unknown): string | undefined {
  const { code, cause } = error as { code?: unknown; cause?: { code?: unknown } | null }
  if (typeof code === 'string') return code
  return typeof cause?.code === 'string' ? cause.code : undefined
}

function retryWithin(status: number, header: HeaderReader): number | undefined {
  const should = header('x-should-retry')
  if (should === 'false' || (should !== 'true' && !RETRYABLE_STATUSES.has(status))) return undefined
  const milliseconds = Number(header('retry-after-ms') ?? Number.NaN)
  const after = Number.isNaN(milliseconds) ? parseRetryAfter(header('retry-after')) : milliseconds
  return Math.min(RETRY_WITHIN_MS + Math.max(0, after), LONGEST_RETRY_AFTER_MS)
}

/** Seconds, or a date: RFC 9110, section 10.2.3. @returns milliseconds, 0 where there is none. */
function parseRetryAfter(value: string | undefined): number {
  if (value === undefined) return 0
  const seconds = Number(value)
  if (!Number.isNaN(seconds)) return seconds * 1000
  const date = Date.parse(value)
  return Number.isNaN(date) ? 0 : date - Date.now()
}
