import { parseEndpoint } from '../network/listen.ts'
import { isLoopback } from '../network/loopback.ts'

/**
 * Guards against DNS rebinding: a web page can point its own host name to the loopback address, so that the browser takes us for
 * the page's own server. A request to an endpoint on loopback must use a name of loopback. Other endpoints have names that we
 * can't know, so they are not guarded.
 */
export function isLocalName(hostHeader: string | undefined, endpoint: string): boolean {
  if (!isLoopback(parseEndpoint(endpoint).host)) return true
  return isLoopback((hostHeader ?? '').replace(/:\d+$/, ''))
}
