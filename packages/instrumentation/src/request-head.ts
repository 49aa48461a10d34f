import type { RequestHead } from './wire/types.ts'

export type HeaderReader = (name: string) => string | undefined

export const NO_HEADERS: HeaderReader = () => undefined

/** A header as text, from any of the types in which Node has it. */
export function headerText(value: number | string | readonly string[] | undefined): string | undefined {
  return value === undefined ? undefined : String(value)
}

/** @returns `undefined` where the address isn't an http(s) one. */
export function requestHeadFromUrl(
  method: string,
  url: URL | string,
  header: HeaderReader = NO_HEADERS,
): RequestHead | undefined {
  const address = typeof url === 'string' ? parseAddress(url) : addressOf(url)
  if (address === undefined) return undefined
  const { protocol, host, port, path, query } = address
  return { method: method.toUpperCase(), protocol, host, port, path, query, header }
}

type Address = Pick<RequestHead, 'protocol' | 'host' | 'port' | 'path' | 'query'>

let lastUrl: string | undefined
let lastAddress: Address | undefined

/** Apps call the same address again and again: the last one parsed is kept. */
function parseAddress(url: string): Address | undefined {
  if (url !== lastUrl) {
    const parsed = URL.parse(url)
    lastAddress = parsed === null ? undefined : addressOf(parsed)
    lastUrl = url
  }
  return lastAddress
}

function addressOf({ protocol, hostname, port, pathname, search }: URL): Address | undefined {
  if (!protocol.startsWith('http')) return undefined
  return {
    protocol,
    host: bareHost(hostname),
    port: port === '' ? undefined : Number(port),
    path: pathOf(pathname),
    query: search,
  }
}

/** Without a slash at the end, which makes no difference to most servers. */
function pathOf(pathname: string): string {
  return pathname.endsWith('/') && pathname.length > 1 ? pathname.slice(0, -1) : pathname
}

/** `server.address` is the bare address: without the brackets of an IPv6 literal. */
function bareHost(host: string): string {
  return host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host.toLowerCase()
}

/** `server.port` is required wherever `server.address` is set: the scheme's default if the URL has none. */
export function serverPort(head: RequestHead): number {
  return head.port ?? (head.protocol === 'https:' ? 443 : 80)
}
