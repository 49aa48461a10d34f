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
  if (host === 'localhost' || host === '::1' || host.startsWith('127.')) return true
  if (/^(10\.|192\.168\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.)/.test(host)) return /^[\d.]+$/.test(host)
  if (host.includes(':')) return /^f[cd]/.test(host) || host.startsWith('fe80:')
  return !host.includes('.') || /\.(localhost|local|internal|svc|lan|home|corp|test)$/.test(host)
}
