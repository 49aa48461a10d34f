import type { ClientRequest, IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Attempt } from '../call/attempt.ts'
import type { Metering } from '../metering.ts'
import { type HeaderReader, headerText, requestHeadFromUrl } from '../request-head.ts'
import { safely } from '../safely.ts'
import type { RequestHead } from '../wire/types.ts'
import { abortError } from './abort-error.ts'
import { listenOn } from './channels.ts'
import { currentAttempt } from './current-attempt.ts'
import { holdWrites, withholdFromHttp } from './inject-http.ts'
import { type HeaderWriter, isWithheld, propagateTrace } from './provider-headers.ts'
import { awaitNextRequest, isAnyRedirected, isRedirection, takeRedirected } from './redirections.ts'
import { shadow, watchEvents } from './shadow.ts'
import { mayInject } from './stream-usage.ts'
import { tapWrites } from './tap-writes.ts'
import { handshakeOf, observeWebSocket } from './websocket.ts'

/** Not on the requests themselves: there it would show wherever an app logs one, or an error that refers to it. */
const EXCHANGES = new WeakMap<ClientRequest, Exchange>()

interface Exchange {
  readonly attempt: Attempt
  /** The app destroyed the request, without an error of its own. */
  abandoned: boolean
  responded: boolean
  /** We have requested the usage of the stream, and keep it from the app. */
  injected: boolean
}

/**
 * Observes every client of `node:http` and `node:https` (axios, got, node-fetch, the SDKs of Azure and AWS) on Node's
 * own channels, so that nothing has to be patched: https://nodejs.org/api/diagnostics_channel.html#http
 *
 * @returns a function that stops it.
 */
export function observeHttp(metering: Metering): () => void {
  return listenOn({
    'http.client.request.created': ({ request }: { request: ClientRequest }) => {
      observeRequest(metering, request)
    },
    'http.client.response.finish': ({ request, response }: ResponseMessage) => {
      const exchange = EXCHANGES.get(request)
      if (exchange !== undefined) observeResponse(request, exchange, response)
    },
  })
}

interface ResponseMessage {
  readonly request: ClientRequest
  readonly response: IncomingMessage
}

function observeRequest(metering: Metering, request: ClientRequest): void {
  const head = readHead(request)
  if (head === undefined) return
  const redirected = isAnyRedirected() ? takeRedirected(head) : undefined
  const recognised = metering.recognise(head)
  if (recognised === undefined && redirected === undefined) return
  const withheld = isWithheld(metering, head)
  withholdHeaders(request, withheld)
  const handshake = handshakeOf(metering, recognised, head)
  if (handshake !== undefined) {
    watchEvents(request, (event, _response, socket, first) => {
      if (event === 'upgrade')
        safely('http', () => observeWebSocket(handshake, socket as Duplex, first as Uint8Array))
    })
    return
  }
  const outer = currentAttempt()
  const isOuter = outer?.start.head.path === head.path && outer.takeExchange()
  const attempt =
    redirected ?? (isOuter ? outer : recognised && metering.begin(recognised, head, undefined, 'with-body'))
  if (attempt?.active !== true) return
  const exchange: Exchange = { attempt, abandoned: false, responded: false, injected: false }
  EXCHANGES.set(request, exchange)
  const propagate = (): void => {
    if (!request.headersSent) propagateTrace(attempt, withheld, headerWriter(request))
  }
  propagate()
  if (attempt.wantsRequestBody) observeWrites(metering, request, exchange, propagate)
  const destroy = request.destroy
  shadow(request, 'destroy', function (this: ClientRequest, error) {
    exchange.abandoned ||= error === undefined
    return destroy.call(this, error)
  })
  watchEvents(request, (event, argument) => {
    if (event === 'error') fail(exchange, argument as Error)
    // Once there is a response, how that ends decides.
    else if (event === 'close' && !exchange.responded) fail(exchange, null)
  })
}

function observeWrites(
  { configuration }: Metering,
  request: ClientRequest,
  exchange: Exchange,
  onWhole: () => void,
): void {
  if (mayInject(configuration, exchange.attempt.start.recognised)) {
    holdWrites(request, exchange.attempt, configuration, onWhole, () => {
      exchange.injected = true
    })
  } else tapWrites(request, exchange.attempt, onWhole)
}

function headerWriter(request: ClientRequest): HeaderWriter {
  return { has: (name) => request.hasHeader(name), add: (name, value) => request.setHeader(name, value) }
}

/**
 * Adds no listeners: one for `data` would set the response flowing, one for `response` would keep an unread one from
 * being discarded.
 */
function observeResponse(request: ClientRequest, exchange: Exchange, response: IncomingMessage): void {
  const { attempt } = exchange
  exchange.responded = true
  const { statusCode = 0, headers } = response
  const header: HeaderReader = (name) => headerText(headers[name])
  const from = isRedirection(statusCode, header) ? readHead(request) : undefined
  if (from !== undefined) {
    awaitNextRequest(attempt, from, statusCode, header)
    return
  }
  if (exchange.injected) withholdFromHttp(response)
  attempt.responseStarted(statusCode, header)
  const push = response.push
  shadow(response, 'push', function (this: IncomingMessage, chunk: Uint8Array | null, ...rest) {
    if (chunk === null) safely('http', () => attempt.responseEnded())
    else safely('http', () => attempt.responseChunk(chunk))
    return push.call(this, chunk, ...rest)
  })
  watchEvents(response, (event) => {
    if (event === 'close') fail(exchange, response.errored)
  })
}

/** @param error null where the app abandoned the request or the response. */
function fail({ attempt, abandoned }: Exchange, error: Error | null): void {
  safely('http', () => attempt.failed(abandoned || error === null ? abortError() : error))
}

function readHead(request: ClientRequest): RequestHead | undefined {
  const header = (name: string): string | undefined => headerText(request.getHeader(name))
  const { method, protocol, host, path } = request
  // A request that is sent to a proxy has the whole URL as its path.
  if (path.startsWith('http')) return requestHeadFromUrl(method, path, header)
  const authority = header('host') ?? host
  const port = /:(\d+)$/.exec(authority)?.[1]
  const named = host.includes(':') ? `[${host}]` : host
  return requestHeadFromUrl(
    method,
    `${protocol}//${named}${port === undefined ? '' : `:${port}`}${path}`,
    header,
  )
}

function withholdHeaders(request: ClientRequest, withheld: (name: unknown) => boolean): void {
  if (request.headersSent) return
  for (const name of request.getHeaderNames()) if (withheld(name)) request.removeHeader(name)
  const setHeader = request.setHeader
  shadow(request, 'setHeader', function (this: ClientRequest, name, value) {
    return withheld(name) ? this : setHeader.call(this, name, value)
  })
}
