import { globMatcher, isWithin, pattern } from '../providers/hosts.ts'
import type { RequestHead } from '../wire/types.ts'
import type { ApiFlavor } from './types.ts'

export type FindFlavor = (head: RequestHead) => ApiFlavor | undefined

/** One of {@link ApiFlavor.endpoints}, made ready for comparing. */
interface Endpoint {
  readonly flavor: ApiFlavor
  readonly method: string
  /** A host, a pattern of hosts or, for any host, empty. */
  readonly host: string
  readonly hasHost: (host: string) => boolean
  readonly hasPath: (path: string) => boolean
  /** Of several endpoints that fit, the one with the highest counts. */
  readonly specificity: number
  /** What follows the last slash or colon; `undefined` if that isn't fixed. */
  readonly ending: string | undefined
  /** The longest fixed part of the path. */
  readonly marker: string
}

/** More than any path is long. */
const OF_HOST = 1000

const NOTHING: readonly Endpoint[] = []
const ENDPOINT = /^([A-Z]+) ([^/:]*)(.*)$/
const PARAMETERS = /\{\w+(?:\.{3})?\}/g
const ANY_TEXT = /\{\w+\.{3}\}/g

/**
 * Finds the flavor whose endpoint a request goes to. Of several endpoints, the most specific one counts: one of a certain
 * host, then the one with most fixed characters in its path. Called for every request of the app, so nearly all endpoints are ruled
 * out by an index.
 */
export function flavorFinder(flavors: readonly ApiFlavor[]): FindFlavor {
  const endpoints = flavors
    .flatMap((flavor) => flavor.endpoints.map((endpoint) => parse(endpoint, flavor)))
    .sort((a, b) => b.specificity - a.specificity)
  const ofHosts = Map.groupBy(
    endpoints.filter(({ host }) => host !== '' && !host.includes('*')),
    ({ host }) => host,
  )
  const candidatesFor = indexByPath(endpoints.filter(({ host }) => host === '' || host.includes('*')))
  return (head) =>
    firstMatch(ofHosts.get(head.host) ?? NOTHING, head) ?? firstMatch(candidatesFor(head.path), head)
}

function parse(text: string, flavor: ApiFlavor): Endpoint {
  const [, method = '', host = '', path = ''] = ENDPOINT.exec(text) ?? []
  const fixed = path.split(PARAMETERS)
  const last = fixed.at(-1) ?? ''
  const separator = Math.max(last.lastIndexOf('/'), last.lastIndexOf(':'))
  return {
    flavor,
    method,
    host,
    hasHost: hostMatcher(host),
    hasPath: pathMatcher(path, host !== ''),
    specificity: (host === '' ? 0 : OF_HOST) + path.replace(PARAMETERS, '').length,
    ending: separator === -1 ? undefined : last.slice(separator + 1),
    marker: fixed.reduce((longest, part) => (part.length > longest.length ? part : longest)),
  }
}

function hostMatcher(text: string): (host: string) => boolean {
  if (text === '') return () => true
  if (!text.includes('*')) return (host) => host === text
  const domain = text.slice(2)
  if (text.startsWith('*.') && !domain.includes('*')) return (host) => isWithin(host, domain)
  return globMatcher(text)
}

function pathMatcher(text: string, isWhole: boolean): (path: string) => boolean {
  if (!/[{:]/.test(text)) return isWhole ? (path) => path === text : (path) => path.endsWith(text)
  let expression: RegExp | undefined
  return (path) => {
    expression ??= pathExpression(text, isWhole)
    return expression.test(path)
  }
}

function pathExpression(text: string, isWhole: boolean): RegExp {
  const source = pattern(text.replace(ANY_TEXT, '*'))
    .replace(/\\\{\w+\\\}/g, '[^/]+')
    .replaceAll('\\:', '(?::|%3A)')
  return new RegExp(`${isWhole ? '^' : ''}${source}$`)
}

/** The end of a path rules out most endpoints, and most others need a text that isn't in it. */
function indexByPath(endpoints: readonly Endpoint[]): (path: string) => readonly Endpoint[] {
  const open = endpoints.filter(({ ending }) => ending === undefined)
  const marked = new RegExp(open.map(({ marker }) => pattern(marker)).join('|'))
  const byEnding = Map.groupBy(
    endpoints.filter(({ ending }) => ending !== undefined),
    ({ ending }) => ending,
  )
  const withOpen = new Map<string | undefined, readonly Endpoint[]>()
  return keepLast((path) => {
    const end = endingOf(path)
    const ended = byEnding.get(end)
    if (!marked.test(path)) return ended ?? NOTHING
    if (ended === undefined) return open
    const found =
      withOpen.get(end) ?? endpoints.filter(({ ending }) => ending === undefined || ending === end)
    withOpen.set(end, found)
    return found
  })
}

/** What follows the last slash or colon; a colon may be percent-encoded. */
function endingOf(path: string): string {
  const encoded = path.lastIndexOf('%3A')
  const separator = Math.max(path.lastIndexOf('/'), path.lastIndexOf(':'), encoded === -1 ? -1 : encoded + 2)
  return path.slice(separator + 1)
}

/** Apps call the same address again and again: the result for the last path is kept. */
function keepLast<T>(find: (path: string) => T): (path: string) => T {
  let last: { readonly path: string; readonly found: T } | undefined
  return (path) => {
    if (last?.path !== path) last = { path, found: find(path) }
    return last.found
  }
}

function firstMatch(endpoints: readonly Endpoint[], head: RequestHead): ApiFlavor | undefined {
  for (const { method, hasHost, hasPath, flavor } of endpoints) {
    if (method !== head.method || !hasHost(head.host) || !hasPath(head.path)) continue
    if (flavor.accepts === undefined || flavor.accepts(head)) return flavor
  }
  return undefined
}
