import { EnvHttpProxyAgent } from 'undici'
import { isLoopback } from '../receivers/listen.ts'

const VARIABLES = ['http_proxy', 'HTTP_PROXY', 'https_proxy', 'HTTPS_PROXY']

/**
 * Whether there may be a proxy on the way to a URL: `NO_PROXY` may still say no. To this machine itself there is none,
 * as in Go.
 */
export function mayHaveProxy(url: string | URL): boolean {
  const { hostname } = new URL(url)
  return !isLoopback(hostname.replace(/^\[|\]$/g, '')) && VARIABLES.some((name) => process.env[name])
}

/** Sends through the proxy that is named for a URL, or directly. Plain HTTP without a tunnel: few proxies allow one to any port. */
export function createProxyAgent(settings: EnvHttpProxyAgent.Options = {}): EnvHttpProxyAgent {
  return new EnvHttpProxyAgent({ ...settings, proxyTunnel: false })
}
