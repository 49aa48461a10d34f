import type { RequestHead } from '../wire/types.ts'
import { isWithin, pattern } from './hosts.ts'
import { addresses } from './index.ts'

interface Address {
  readonly provider: string
  readonly kind: (typeof KINDS)[number]
  readonly length: number
  readonly fits: (head: RequestHead) => boolean
}

/** The most specific first. */
const KINDS = ['host', 'path', 'service', 'port'] as const

const listed = Object.entries(addresses)
  .flatMap(([provider, texts]) =>
    texts.map((text): Address => ({ provider, length: text.length, ...parse(text) })),
  )
  .sort((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) || b.length - a.length)

/** `gen_ai.provider.name` of whoever bills for a request, as far as its address tells. */
export function findProvider(head: RequestHead): string | undefined {
  return listed.find(({ fits }) => fits(head))?.provider
}

function parse(address: string): Pick<Address, 'kind' | 'fits'> {
  if (address.startsWith(':')) return { kind: 'port', fits: ({ port }) => port === Number(address.slice(1)) }
  const slash = address.indexOf('/')
  const name = slash === -1 ? address : address.slice(0, slash)
  const hasPath = slash === -1 ? () => true : pathMatcher(address.slice(slash))
  if (name === '') return { kind: 'path', fits: ({ path }) => hasPath(path) }
  if (!name.includes('.')) return { kind: 'service', fits: ({ host }) => isServiceNamed(host, name) }
  const hasHost = hostMatcher(name)
  return { kind: 'host', fits: ({ host, path }) => hasHost(host) && hasPath(path) }
}

function hostMatcher(name: string): (host: string) => boolean {
  if (!name.includes('*')) return (host) => isWithin(host, name)
  const expression = new RegExp(`^${pattern(name)}$`)
  return (host) => expression.test(host)
}

function pathMatcher(part: string): (path: string) => boolean {
  if (!part.includes('*')) return (path) => path.includes(part)
  const expression = new RegExp(pattern(part))
  return (path) => expression.test(path)
}

/** Whether the first label of a host is that name, possibly with more after a hyphen. */
function isServiceNamed(host: string, name: string): boolean {
  return host.startsWith(name) && (host.length === name.length || /[.-]/.test(host.charAt(name.length)))
}
