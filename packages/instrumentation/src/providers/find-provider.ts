import type { RequestHead } from '../wire/types.ts'
import { globMatcher, isWithin, pattern } from './hosts.ts'
import { addresses } from './index.ts'

type Fits = (head: RequestHead) => boolean

interface Address {
  readonly provider: string
  /** Of several addresses that fit, the one with the highest counts. */
  readonly specificity: number
  readonly fits: Fits
}

/** Apart by more than any address is long. */
const [PORT, SERVICE, PATH, HOST] = [0, 1000, 2000, 3000] as const

let listed: readonly Address[] | undefined

/** `gen_ai.provider.name` of whoever bills for a request, as far as its address tells. */
export function findProvider(head: RequestHead): string | undefined {
  listed ??= Object.entries(addresses)
    .flatMap(([provider, texts]) => texts.map((text) => parse(text, provider)))
    .sort((a, b) => b.specificity - a.specificity)
  return listed.find(({ fits }) => fits(head))?.provider
}

function parse(text: string, provider: string): Address {
  const address = (kind: number, fits: Fits): Address => ({ provider, specificity: kind + text.length, fits })
  if (text.startsWith(':')) return address(PORT, ({ port }) => port === Number(text.slice(1)))
  const slash = text.indexOf('/')
  const name = slash === -1 ? text : text.slice(0, slash)
  const hasPath = slash === -1 ? () => true : pathMatcher(text.slice(slash))
  if (name === '') return address(PATH, ({ path }) => hasPath(path))
  if (!name.includes('.')) return address(SERVICE, ({ host }) => isServiceNamed(host, name))
  const hasHost = hostMatcher(name)
  return address(HOST, ({ host, path }) => hasHost(host) && hasPath(path))
}

function hostMatcher(name: string): (host: string) => boolean {
  return name.includes('*') ? globMatcher(name) : (host) => isWithin(host, name)
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
