import type { Metering } from '../metering.ts'
import type { RequestHead } from '../wire/types.ts'

/**
 * Whether a header must not go out with this request. `baggage` never does: the names of tenants are nobody else's
 * business; nor, unless it is wanted, the identity of a trace.
 */
export function isWithheld(metering: Metering, head: RequestHead): (name: unknown) => boolean {
  const propagate = metering.configuration.propagateToProviders || isPrivateHost(head.host)
  // By length first: asked for every header of every call.
  return (name) => {
    // What is no name, the request itself refuses.
    if (typeof name !== 'string') return false
    const { length } = name
    if (length === 7) return name.toLowerCase() === 'baggage'
    if (propagate || (length !== 11 && length !== 10)) return false
    const lower = name.toLowerCase()
    return lower === 'traceparent' || lower === 'tracestate'
  }
}

/** Loopback, link-local, private networks, and names that mean nothing outside of one: gateways of one's own. */
function isPrivateHost(host: string): boolean {
  if (host === 'localhost' || host === '::1' || host.startsWith('127.')) return true
  if (/^(10\.|192\.168\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.)/.test(host)) return /^[\d.]+$/.test(host)
  if (host.includes(':')) return /^f[cd]/.test(host) || host.startsWith('fe80:')
  return !host.includes('.') || /\.(localhost|local|internal|svc|lan|home|corp|test)$/.test(host)
}
