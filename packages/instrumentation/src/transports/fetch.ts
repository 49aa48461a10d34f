import type { Attempt } from '../call/attempt.ts'
import type { Metering } from '../metering.ts'
import { bodyAtHand } from '../observation/body-at-hand.ts'
import { type HeaderReader, requestHeadFromUrl } from '../request-head.ts'
import { safely } from '../safely.ts'
import type { RequestHead } from '../wire/types.ts'
import { carryOut } from './current-attempt.ts'
import { askForUsage, mayAsk, withholdUsage } from './stream-usage.ts'

type Fetch = typeof globalThis.fetch
type Input = Parameters<Fetch>[0]
type Init = Parameters<Fetch>[1]

/**
 * Wraps `globalThis.fetch` for what it alone can do: see the request body before it is sent, open the span around the
 * HTTP request, and learn of failures that come before there is one. All else is seen on undici's channels; they have to
 * do where there is no fetch, or none that may be replaced.
 *
 * @returns what puts the original back.
 */
export function observeFetch(metering: Metering): () => void {
  const original = globalThis.fetch as Fetch | undefined
  if (typeof original !== 'function') return () => {}
  let stopped = false
  const wrapped = (...args: Parameters<Fetch>): Promise<Response> =>
    stopped ? original(...args) : observedFetch(metering, original, args)
  // Its name and length, and what others have put on it to know it by: Next.js does.
  Object.defineProperties(wrapped, Object.getOwnPropertyDescriptors(original))
  if (!Reflect.set(globalThis, 'fetch', wrapped)) return () => {}
  return () => {
    // Whoever has wrapped it in turn still calls it.
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
    return recognised && metering.begin(recognised, head, bodyAtHand(init?.body), 'now')
  })
  if (attempt === undefined) return original(...args)
  const injected = attempt.active ? injectUsage(metering, attempt, input, init) : undefined
  const response = carryOut(attempt, () => original(...(injected ?? args)))
  // Handed on, so that a rejection that the app doesn't handle stays one that nobody handles.
  return Promise.resolve(response).then(
    (answer) => {
      if (!attempt.responded && attempt.active) safely('fetch', () => tellUnseen(attempt, answer))
      return injected === undefined ? answer : withholdUsage(answer)
    },
    (error: unknown) => {
      safely('fetch', () => attempt.failed(error))
      throw error
    },
  )
}

/** From a cache, a stand-in for the network, or a redirection that isn't to be followed. */
function tellUnseen(attempt: Attempt, { status, headers }: Response): void {
  attempt.respondedUnseen(status, (name) => headers.get(name) ?? undefined)
}

/** A `Request` has its body inside, where it can't be asked for anything: it is read as `fetch` would, and goes out again. */
function readRequestText(metering: Metering, input: Input, init: Init): Promise<string> | undefined {
  if (!(input instanceof Request)) return undefined
  if (input.body === null || input.bodyUsed || (init?.body ?? null) !== null) return undefined
  if (!/json/.test(input.headers.get('content-type') ?? '')) return undefined
  const head = readHead(input, init)
  const recognised = head && metering.recognise(head)
  return recognised && mayAsk(metering.configuration, recognised) ? input.text() : undefined
}

function injectUsage(
  { configuration }: Metering,
  attempt: Attempt,
  input: Input,
  init: Init,
): Parameters<Fetch> | undefined {
  const body: unknown = init?.body instanceof ArrayBuffer ? new Uint8Array(init.body) : init?.body
  if (typeof body !== 'string' && !(body instanceof Uint8Array)) return undefined
  const asking = askForUsage(configuration, attempt, body)
  if (asking === undefined) return undefined
  const headers = new Headers(init?.headers ?? (input instanceof Request ? input.headers : undefined))
  headers.delete('content-length')
  return [input, { ...init, body: asking, headers }]
}

function readHead(input: Input, init: Init): RequestHead | undefined {
  if (typeof input === 'object' && 'url' in input) {
    const header = headerReader(init?.headers ?? input.headers)
    return requestHeadFromUrl(init?.method ?? input.method, input.url, header)
  }
  return requestHeadFromUrl(init?.method ?? 'GET', input, headerReader(init?.headers))
}

/** Apart from where it is called, so that it doesn't keep the body alive. */
function headerReader(headers: RequestInit['headers']): HeaderReader {
  return (name) => readHeader(headers, name)
}

/** Of names and values only the one that is asked for is read: others may be made when they are. */
function readHeader(headers: RequestInit['headers'], name: string): string | undefined {
  if (headers === undefined || headers === null) return undefined
  if (headers instanceof Headers) return headers.get(name) ?? undefined
  // An iterator can be read but once, which is for the request to do.
  if ('next' in headers) return undefined
  if (Symbol.iterator in headers) return new Headers(headers).get(name) ?? undefined
  const named = Object.keys(headers).find((key) => key.toLowerCase() === name)
  return named === undefined ? undefined : String(headers[named])
}
