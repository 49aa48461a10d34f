import { propagation } from '@opentelemetry/api'
import type { Attempt } from '../call/attempt.ts'
import type { Metering } from '../metering.ts'
import type { RequestHead } from '../wire/types.ts'

/**
 * Whether a header must not go out with this request. `baggage` never does: tenant names are nobody else's business.
 * Nor do trace headers, unless the user wants it or the host is private.
 */
export function isWithheld(metering: Metering, head: RequestHead): (name: unknown) => boolean {
  const mayPropagate = metering.configuration.propagateToProviders || isPrivateHost(head.host)
  return mayPropagate ? isBaggage : isBaggageOrTrace
}

/** Where headers can be added to a request that hasn't gone out yet. */
export interface HeaderWriter {
  has(name: string): boolean
  add(name: string, value: string): void
}

const NONE: readonly string[] = []

/**
 * Adds the trace context of a call whose request may carry it, so that the spans of a gateway become children of the
 * call's span. Where an HTTP instrumentation or an SDK has written its own, that stays.
 *
 * @param withheld as {@link isWithheld} says of this request: one that may not carry `traceparent` gets nothing.
 * @returns the names that it has added, in lower case.
 */
export function propagateTrace(
  { call }: Attempt,
  withheld: (name: unknown) => boolean,
  headers: HeaderWriter,
): readonly string[] {
  if (call === undefined || withheld('traceparent')) return NONE
  const carrier: Record<string, string> = {}
  propagation.inject(call.context, carrier)
  const names = Object.keys(carrier).filter((name) => !withheld(name))
  if (names.some((name) => headers.has(name))) return NONE
  for (const name of names) headers.add(name, carrier[name]!)
  return names.map((name) => name.toLowerCase())
}

/**
 * Compares the length first: this runs for every header of every call. Whatever isn't a string, the request itself
 * refuses.
 */
function isBaggage(name: unknown): boolean {
  return typeof name === 'string' && name.length === 7 && name.toLowerCase() === 'baggage'
}

function isBaggageOrTrace(name: unknown): boolean {
  if (typeof name !== 'string' || (name.length !== 11 && name.length !== 10)) return isBaggage(name)
  const lower = name.toLowerCase()
  return lower === 'traceparent' || lower === 'tracestate'
}

/**
 * Loopback, link-local and private addresses, and names that only resolve in a private network: the user's own
 * gateways.
 */
function isPrivateHost(host: string): boolean {
  if (host === 'localhost' || host === '::1') return true
  if (/^(127\.|10\.|192\.168\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.)/.test(host)) return /^[\d.]+$/.test(host)
  if (host.includes(':')) return /^f[cd]/.test(host) || host.startsWith('fe80:')
  return !host.includes('.') || /\.(localhost|local|internal|svc|lan|home|corp|test)$/.test(host)
}
