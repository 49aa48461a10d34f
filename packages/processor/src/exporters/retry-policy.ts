import type { RetryConfig } from '../config/types.ts'

/** The longest `Retry-After` that is honoured: a backend should not be able to switch itself off for good. */
export const MAX_REQUESTED_DELAY_MS: number = 5 * 60_000

/**
 * How long to wait before the next attempt: exponential with jitter of +-50 %, and never less than what the
 * destination asked for.
 *
 * @param attempt how many attempts have failed, from 1.
 */
export function retryDelay(
  { initialInterval, maxInterval, multiplier }: RetryConfig,
  attempt: number,
  requestedMs = 0,
  random: () => number = Math.random,
): number {
  const base = Math.min(maxInterval, initialInterval * multiplier ** (attempt - 1))
  return Math.max(base * (0.5 + random()), Math.min(requestedMs, MAX_REQUESTED_DELAY_MS))
}

/**
 * Reads `Retry-After`: seconds, by some servers with a fraction, or an HTTP date.
 *
 * @returns milliseconds, `undefined` if there is none or it makes no sense.
 */
export function parseRetryAfter(value: string | undefined): number | undefined {
  if (value === undefined) return undefined
  if (/^\d+(\.\d+)?$/.test(value.trim())) return Number(value) * 1_000
  const date = Date.parse(value)
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now())
}
