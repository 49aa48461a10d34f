import type { Metering } from '../metering.ts'
import type { RequestHead } from '../wire/types.ts'
import type { UndiciRequest } from './undici-request.ts'

/**
 * Whether a header must not go out with this request. `baggage` never does: the names of tenants are nobody else's
 * business; nor, unless it is wanted, the identity of a trace.
 */
export function isWithheld(metering: Metering, head: RequestHead): (name: string) => boolean {
  const propagate = metering.configuration.propagateToProviders || isPrivateHost(head.host)
  // By length first: asked for every header of every call.
  return (name) => {
    const { length } = name
    if (length === 7) return name.toLowerCase() === 'baggage'
    if (propagate || (length !== 11 && length !== 10)) return false
    const lower = name.toLowerCase()
    return lower === 'traceparent' || lower === 'tracestate'
  }
}

/** Takes the headers away that are there already, and lets none be added by whoever comes after. */
export function protectRequest(metering: Metering, head: RequestHead, request: UndiciRequest): void {
  const withheld = isWithheld(metering, head)
  const { headers } = request
  if (Array.isArray(headers)) {
    for (let index = headers.length - 2; index >= 0; index -= 2) {
      const name = headers[index]
      if (typeof name === 'string' && withheld(name)) headers.splice(index, 2)
    }
  } else if (typeof headers === 'string') {
    const lines = headers.split('\r\n').filter((line) => !withheld(line.slice(0, line.indexOf(':'))))
    request.headers = lines.join('\r\n')
  }
  const addHeader = request.addHeader
  if (addHeader === undefined) return
  request.addHeader = function (name, value) {
    return withheld(name) ? this : addHeader.call(this, name, value)
  }
}

/** Loopback, link-local, private networks, and names that mean nothing outside of one: gateways of one's own. */
export function isPrivateHost(host: string): boolean {
  if (host === 'localhost' || host === '::1' || host.startsWith('127.')) return true
  if (/^(10\.|192\.168\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.)/.test(host)) return /^[\d.]+$/.test(host)
  if (host.includes(':')) return /^f[cd]/.test(host) || host.startsWith('fe80:')
  return !host.includes('.') || /\.(localhost|local|internal|svc|lan|home|corp|test)$/.test(host)
}
