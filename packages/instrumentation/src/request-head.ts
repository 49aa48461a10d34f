import type { RequestHead } from './wire/types.ts'

export type HeaderReader = (name: string) => string | undefined

const NO_HEADERS: HeaderReader = () => undefined

/** @returns `undefined` where the address isn't an http(s) one. */
export function requestHeadFromUrl(
  method: string,
  url: URL | string,
  header: HeaderReader = NO_HEADERS,
): RequestHead | undefined {
  const parsed = typeof url === 'string' ? URL.parse(url) : url
  if (parsed === null || !parsed.protocol.startsWith('http')) return undefined
  return {
    method: method.toUpperCase(),
    protocol: parsed.protocol,
    host: bareHost(parsed.hostname),
    port: parsed.port === '' ? undefined : Number(parsed.port),
    path: parsed.pathname,
    query: parsed.search,
    header,
  }
}

/** `server.address` is the bare address: without the brackets of an IPv6 literal. */
function bareHost(host: string): string {
  return host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host.toLowerCase()
}

/** `server.port` is required where `server.address` is set: the scheme's own where none is written. */
export function serverPort(head: RequestHead): number {
  return head.port ?? (head.protocol === 'https:' ? 443 : 80)
}
