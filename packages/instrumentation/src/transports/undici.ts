import type { Attempt } from '../call/attempt.ts'
import type { Metering } from '../metering.ts'
import { wholeBody } from '../observation/whole-body.ts'
import { type HeaderReader, requestHeadFromUrl } from '../request-head.ts'
import type { RequestHead } from '../wire/types.ts'
import { listenMovably, type MovableListening } from './channels.ts'
import { currentAttempt } from './current-attempt.ts'
import { injectIntoUndici, withholdFromUndici } from './inject-undici.ts'
import { type HeaderWriter, isWithheld, propagateTrace } from './provider-headers.ts'
import { awaitNextRequest, isAnyRedirected, isRedirection, takeRedirected } from './redirections.ts'
import {
  EXCHANGE,
  headersOf,
  observeSent,
  onUpgrade,
  protectRequest,
  type RawHeaders,
  readRequestHeader,
  tapRequest,
  type UndiciExchange,
  type UndiciRequest,
} from './undici-request.ts'
import { handshakeOf, observeWebSocket } from './websocket.ts'

/**
 * Observes every undici client, Node's own and the package from npm in any version, on undici's diagnostics channels.
 * https://github.com/nodejs/undici/blob/main/docs/docs/api/DiagnosticsChannel.md
 *
 * @returns the listening, to be stopped, or moved behind others that write headers into requests.
 */
export function observeUndici(metering: Metering): MovableListening {
  return listenMovably({
    'undici:request:create': ({ request }: { request: UndiciRequest }) => {
      observeRequest(metering, request)
    },
    'undici:request:bodyChunkSent': ({ request, chunk }: { request: UndiciRequest; chunk: unknown }) => {
      observeSent(request, chunk)
    },
    'undici:request:bodySent': ({ request }: { request: UndiciRequest }) => {
      request[EXCHANGE]?.attempt?.requestSent()
    },
    'undici:request:headers': ({ request, response }: ResponseMessage) => {
      const exchange = request[EXCHANGE]
      const attempt = exchange?.attempt
      if (attempt === undefined) return
      const header = headersOf(response.headers)
      const { statusCode } = response
      if (exchange !== undefined && isRedirection(statusCode, header)) {
        exchange.attempt = undefined
        awaitRedirected(request, attempt, statusCode, header)
        return
      }
      if (exchange?.injected === true) withholdFromUndici(request, attempt, header)
      attempt.responseStarted(statusCode, header)
    },
    'undici:request:bodyChunkReceived': ({
      request,
      chunk,
    }: {
      request: UndiciRequest
      chunk: Uint8Array
    }) => {
      request[EXCHANGE]?.attempt?.responseChunk(chunk)
    },
    'undici:request:trailers': ({ request }: { request: UndiciRequest }) => {
      request[EXCHANGE]?.attempt?.responseEnded()
    },
    'undici:request:error': ({ request, error }: { request: UndiciRequest; error: unknown }) => {
      request[EXCHANGE]?.attempt?.failed(error)
    },
  })
}

interface ResponseMessage {
  readonly request: UndiciRequest
  readonly response: { readonly statusCode: number; readonly headers: RawHeaders }
}

function observeRequest(metering: Metering, request: UndiciRequest): void {
  const redirected = isAnyRedirected() ? takeRedirectedRequest(request) : undefined
  const carried = currentAttempt()
  const isOuter = carried !== undefined && isAddressedTo(carried, request.path) && carried.takeExchange()
  const outer = isOuter ? carried : undefined
  const head = outer?.start.head ?? readHead(request)
  const recognised = outer === undefined && head !== undefined ? metering.recognise(head) : undefined
  const known = redirected ?? outer
  if (head === undefined || (known === undefined && recognised === undefined)) return
  const withheld = isWithheld(metering, head)
  const exchange: UndiciExchange = { attempt: undefined, withheld, injected: false }
  request[EXCHANGE] = exchange
  protectRequest(request, withheld)
  const handshake = handshakeOf(metering, recognised, head)
  if (handshake !== undefined) {
    onUpgrade(request, (socket) => observeWebSocket(handshake, socket))
    return
  }
  const attempt = known ?? (recognised && metering.begin(recognised, head, wholeBody(request.body)))
  if (attempt?.active !== true) return
  exchange.attempt = attempt
  const added = propagateTrace(attempt, withheld, headerWriter(request))
  // An instrumentation that listens behind us would write them once more.
  if (added.length > 0)
    exchange.withheld = (name) => withheld(name) || added.includes(String(name).toLowerCase())
  // Otherwise our `fetch` has seen to that.
  if (carried === undefined) exchange.injected = injectIntoUndici(request, attempt, metering.configuration)
  tapRequest(request, attempt)
}

function headerWriter(request: UndiciRequest): HeaderWriter {
  return {
    // In undici 5 the headers are one text, which is left as it is.
    has: (name) => !Array.isArray(request.headers) || readRequestHeader(request, name) !== undefined,
    add: (name, value) => request.addHeader?.(name, value),
  }
}

/** A request that is sent to a proxy has the whole URL as its path. */
function isAddressedTo({ start }: Attempt, requested: string): boolean {
  const { path } = start.head
  return (
    requested.startsWith(path) ||
    (requested.startsWith('http') && requestHeadFromUrl('GET', requested)?.path === path)
  )
}

function takeRedirectedRequest(request: UndiciRequest): Attempt | undefined {
  const head = readHead(request)
  return head && takeRedirected(head)
}

function awaitRedirected(
  request: UndiciRequest,
  attempt: Attempt,
  status: number,
  header: HeaderReader,
): void {
  const from = readHead(request)
  if (from !== undefined) awaitNextRequest(attempt, from, status, header)
}

function readHead(request: UndiciRequest): RequestHead | undefined {
  const url = request.path.startsWith('http') ? request.path : `${request.origin}${request.path}`
  return requestHeadFromUrl(request.method, url, (name) =>
    // undici keeps this one apart from the other headers.
    name === 'upgrade' ? (request.upgrade ?? undefined) : readRequestHeader(request, name),
  )
}
