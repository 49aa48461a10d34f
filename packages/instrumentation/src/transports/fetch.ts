import { diag } from '@opentelemetry/api'
import type { Attempt } from '../call/attempt.ts'
import type { Metering } from '../metering.ts'
import { wholeBody } from '../observation/whole-body.ts'
import { type HeaderReader, requestHeadFromUrl } from '../request-head.ts'
import { safely } from '../safely.ts'
import type { RequestHead } from '../wire/types.ts'
import { carryOut } from './current-attempt.ts'
import { mayInject, withholdUsage, withUsageRequested } from './stream-usage.ts'

type Fetch = typeof globalThis.fetch
type Input = Parameters<Fetch>[0]
type Init = Parameters<Fetch>[1]

/**
 * Wraps `globalThis.fetch` for what it alone can do: see the request body before it is sent, open the span around the
 * HTTP request, and learn of failures that come before there is one. All else is seen on undici's channels, which have
 * to suffice where `fetch` is missing or can't be replaced, and which Bun's and Deno's don't have.
 *
 * @returns a function that restores the original.
 */
export function observeFetch(metering: Metering): () => void {
  const original = globalThis.fetch as Fetch | undefined
  if (typeof original !== 'function') return () => {}
  if (process.versions.undici === undefined) {
    diag.warn(
      "this runtime's fetch is not undici: what it receives can't be seen, so its calls have no tokens (those by node:http have)",
    )
  }
  let stopped = false
  const wrapped = (...args: Parameters<Fetch>): Promise<Response> =>
    stopped ? original(...args) : observedFetch(metering, original, args)
  // Its name and length, and the marks that others, Next.js for one, have put on it.
  Object.defineProperties(wrapped, Object.getOwnPropertyDescriptors(original))
  if (!Reflect.set(globalThis, 'fetch', wrapped)) return () => {}
  return () => {
    // Somebody may have wrapped ours in turn, and still call it.
    stopped = true
    if (globalThis.fetch === wrapped) globalThis.fetch = original
  }
}

function observedFetch(metering: Metering, original: Fetch, args: Parameters<Fetch>): Promise<Response> {
  const text =
    metering.configuration.streamUsage === 'inject'
      ? safely('fetch', () => readRequestText(metering, args[0], args[1]))
      : undefined
  if (text === undefined) return meteredFetch(metering, original, args)
  const [input, init] = args
  return text.then((body) => meteredFetch(metering, original, [input, { ...init, body }]))
}

function meteredFetch(metering: Metering, original: Fetch, args: Parameters<Fetch>): Promise<Response> {
  const [input, init] = args
  const attempt = safely('fetch', () => {
    const head = readHead(input, init)
    const recognised = head && metering.recognise(head)
    return recognised && metering.begin(recognised, head, wholeBody(init?.body), 'now')
  })
  if (attempt === undefined) return original(...args)
  const injected = attempt.active ? injectUsage(metering, attempt, input, init) : undefined
  const response = carryOut(attempt, () => original(...(injected ?? args)))
  // The app gets this promise, so that a rejection it doesn't handle is still reported as unhandled.
  return Promise.resolve(response).then(
    (answer) => {
      if (!attempt.responded && attempt.active) safely('fetch', () => reportUnseen(attempt, answer))
      return injected === undefined ? answer : withholdUsage(answer)
    },
    (error: unknown) => {
      safely('fetch', () => attempt.failed(error))
      throw error
    },
  )
}

/** A response that undici's channels don't report: from a cache, a mock, or a redirection that isn't followed. */
function reportUnseen(attempt: Attempt, { status, headers }: Response): void {
  attempt.respondedUnseen(status, (name) => headers.get(name) ?? undefined)
}

/**
 * The body inside a `Request` can't be changed. It is read, as `fetch` would read it, to be sent as a body of its own.
 */
function readRequestText(metering: Metering, input: Input, init: Init): Promise<string> | undefined {
  if (!(input instanceof Request)) return undefined
  if (input.body === null || input.bodyUsed || (init?.body ?? null) !== null) return undefined
  if (!/json/.test(input.headers.get('content-type') ?? '')) return undefined
  const head = readHead(input, init)
  const recognised = head && metering.recognise(head)
  return recognised && mayInject(metering.configuration, recognised) ? input.text() : undefined
}

function injectUsage(
  { configuration }: Metering,
  attempt: Attempt,
  input: Input,
  init: Init,
): Parameters<Fetch> | undefined {
  const body: unknown = init?.body instanceof ArrayBuffer ? new Uint8Array(init.body) : init?.body
  if (typeof body !== 'string' && !(body instanceof Uint8Array)) return undefined
  const requesting = withUsageRequested(configuration, attempt, body)
  if (requesting === undefined) return undefined
  const headers = new Headers(init?.headers ?? (input instanceof Request ? input.headers : undefined))
  headers.delete('content-length')
  return [input, { ...init, body: requesting, headers }]
}

function readHead(input: Input, init: Init): RequestHead | undefined {
  if (typeof input === 'object' && 'url' in input) {
    const header = headerReader(init?.headers ?? input.headers)
    return requestHeadFromUrl(init?.method ?? input.method, input.url, header)
  }
  return requestHeadFromUrl(init?.method ?? 'GET', input, headerReader(init?.headers))
}

/** A function of its own, so that the closure doesn't keep the body alive. */
function headerReader(headers: RequestInit['headers']): HeaderReader {
  return (name) => readHeader(headers, name)
}

/** Reads no header but the one that is asked for: they may be getters. */
function readHeader(headers: RequestInit['headers'], name: string): string | undefined {
  if (headers === undefined || headers === null) return undefined
  if (headers instanceof Headers) return headers.get(name) ?? undefined
  // An iterator can be read only once, and the request has to.
  if ('next' in headers) return undefined
  if (Symbol.iterator in headers) return new Headers(headers).get(name) ?? undefined
  const named = Object.keys(headers).find((key) => key.toLowerCase() === name)
  return named === undefined ? undefined : String(headers[named])
}
