import type { EnvHttpProxyAgent } from 'undici'
import { isLoopback } from './loopback.ts'
import { undici } from './undici.ts'

/** The environment names something as a proxy that can't be used. The message leaves it out, as it may contain a password. */
class ProxyError extends Error {
  override readonly name = 'ProxyError'
}

/** In lower and upper case; the first that isn't empty counts, as in Go. */
const HTTP_VARIABLES = ['http_proxy', 'HTTP_PROXY']
const HTTPS_VARIABLES = ['https_proxy', 'HTTPS_PROXY']
const PROTOCOLS = ['http:', 'https:', 'socks5:']

/**
 * Whether there may be a proxy on the way to a URL; `NO_PROXY` may still exempt it. This machine itself is never reached through
 * a proxy, as in Go.
 */
export function mayHaveProxy(url: string | URL): boolean {
  const { hostname } = new URL(url)
  const isNamed = [...HTTP_VARIABLES, ...HTTPS_VARIABLES].some((name) => process.env[name])
  return isNamed && !isLoopback(hostname)
}

/**
 * Sends requests through the proxy for their URL, or directly. Plain HTTP goes without a tunnel, as few proxies allow tunnels to
 * any port.
 *
 * @throws ProxyError
 */
export function createProxyAgent(settings: EnvHttpProxyAgent.Options = {}): EnvHttpProxyAgent {
  const { EnvHttpProxyAgent: ProxyAgent } = undici()
  return new ProxyAgent({
    ...settings,
    httpProxy: proxyOf(HTTP_VARIABLES),
    httpsProxy: proxyOf(HTTPS_VARIABLES),
    proxyTunnel: false,
  })
}

/**
 * The proxy through which a server is reached over TLS; `undefined` if there is none.
 *
 * @throws ProxyError
 */
export function tunnelTo(url: URL): URL | undefined {
  if (!mayHaveProxy(url) || isExempt(url)) return undefined
  const proxy = new URL(proxyOf(HTTPS_VARIABLES) || proxyOf(HTTP_VARIABLES))
  if (proxy.protocol !== 'socks5:') return proxy
  throw new ProxyError(
    `gRPC can't go through a SOCKS proxy; add ${url.hostname} to NO_PROXY, or set protocol: http/protobuf`,
  )
}

/**
 * Whether `NO_PROXY` lists a URL. An entry is a host, which includes its subdomains, `*.host` for the subdomains only, or `*` for
 * everything; each may have a port.
 */
function isExempt({ hostname, port }: URL): boolean {
  const host = hostname.replace(/^\[|\]$|\.$/g, '')
  const entries = (process.env.no_proxy ?? process.env.NO_PROXY ?? '').toLowerCase().split(/[,\s]+/)
  return entries.some((entry) => {
    const [, bracketed, plain, entryPort] = /^(?:\[(.+)\]|([^:]*))(?::(\d+))?$/.exec(entry) ?? [entry, entry]
    if (entryPort !== undefined && entryPort !== (port || '443')) return false
    const name = (bracketed ?? plain ?? '').replace(/^\*?\./, '')
    if (name === '') return false
    return name === '*' || host.endsWith(`.${name}`) || (host === name && !entry.startsWith('*'))
  })
}

/** The URL of a proxy; empty if none is named. Without a scheme it is http, as for curl and Go. */
function proxyOf(variables: readonly string[]): string {
  const variable = variables.find((name) => process.env[name])
  if (variable === undefined) return ''
  const text = String(process.env[variable])
  const url = text.includes('://') ? text : `http://${text}`
  if (URL.canParse(url) && PROTOCOLS.includes(new URL(url).protocol)) return url
  throw new ProxyError(
    `${variable} is not a proxy that can be used; set it to an http://, https:// or socks5:// URL, or unset it`,
  )
}
