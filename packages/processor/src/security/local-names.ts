import { parseEndpoint } from '../network/listen.ts'
import { isLoopback } from '../network/loopback.ts'

/**
 * Whether a request may come from this machine by what it calls it. A page elsewhere can point its own name at loopback
 * (DNS rebinding), which its browser then takes for the same origin. Only an endpoint on loopback is guarded: one that
 * was opened to others has names that we can't know.
 */
export function isLocalName(hostHeader: string | undefined, endpoint: string): boolean {
  if (!isLoopback(parseEndpoint(endpoint).host)) return true
  return isLoopback((hostHeader ?? '').replace(/:\d+$/, ''))
}
