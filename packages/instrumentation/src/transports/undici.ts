import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { Metering } from '../metering.ts'
import { observeText, observeWhole } from '../observation/body-recorder.ts'
import { requestHeadFromUrl } from '../request-head.ts'
import { safely } from '../safely.ts'
import type { ObservedBody, RequestHead } from '../wire/types.ts'
import { currentAttempt } from './current-attempt.ts'
import { isWithheld } from './provider-headers.ts'
import {
  EXCHANGE,
  headersOf,
  protectRequest,
  readRequestHeader,
  tapRequest,
  type UndiciExchange,
  type UndiciRequest,
} from './undici-request.ts'

const REDIRECTIONS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])

/**
 * Observes every undici client, Node's own and the package from npm in any version, on undici's diagnostics channels.
 * https://github.com/nodejs/undici/blob/main/docs/docs/api/DiagnosticsChannel.md
 *
 * @returns what ends the observation.
 */
export function observeUndici(metering: Metering): () => void {
  const listeners: Record<string, (message: never) => void> = {
    'undici:request:create': ({ request }: { request: UndiciRequest }) => {
      safely('undici', () => observeRequest(metering, request))
    },
    'undici:request:bodyChunkSent': ({ request, chunk }: { request: UndiciRequest; chunk: unknown }) => {
      const attempt = request[EXCHANGE]?.attempt
      if (attempt?.wantsRequestBody)
        attempt.requestChunk(typeof chunk === 'string' ? Buffer.from(chunk) : (chunk as Uint8Array))
    },
    'undici:request:bodySent': ({ request }: { request: UndiciRequest }) => {
      const attempt = request[EXCHANGE]?.attempt
      if (attempt !== undefined) safely('undici', () => attempt.requestSent())
    },
    'undici:request:headers': ({ request, response }: ResponseMessage) => {
      const exchange = request[EXCHANGE]
      const attempt = exchange?.attempt
      if (attempt === undefined) return
      const header = headersOf(response.headers)
      // fetch follows a redirection by itself: the answer is still to come.
      const redirected = REDIRECTIONS.has(response.statusCode) && header('location') !== undefined
      if (redirected && exchange?.byFetch === true) exchange.attempt = undefined
      else safely('undici', () => attempt.responseStarted(response.statusCode, header))
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
      const attempt = request[EXCHANGE]?.attempt
      if (attempt !== undefined) safely('undici', () => attempt.responseEnded())
    },
    'undici:request:error': ({ request, error }: { request: UndiciRequest; error: unknown }) => {
      const attempt = request[EXCHANGE]?.attempt
      if (attempt !== undefined) safely('undici', () => attempt.failed(error))
    },
  }
  for (const [channel, listener] of Object.entries(listeners)) subscribe(channel, listener as never)
  return () => {
    for (const [channel, listener] of Object.entries(listeners)) unsubscribe(channel, listener as never)
  }
}

interface ResponseMessage {
  readonly request: UndiciRequest
  readonly response: { readonly statusCode: number; readonly headers: readonly (Buffer | string)[] }
}

function observeRequest(metering: Metering, request: UndiciRequest): void {
  const outer = currentAttempt.getStore()
  const isOuter = outer !== undefined && request.path.startsWith(outer.start.head.path)
  const head = isOuter ? outer.start.head : readHead(request)
  const recognised = isOuter || head === undefined ? undefined : metering.recognise(head)
  if (head === undefined || (!isOuter && recognised === undefined)) return
  const byFetch = outer !== undefined
  const exchange: UndiciExchange = { attempt: undefined, byFetch, withheld: isWithheld(metering, head) }
  request[EXCHANGE] = exchange
  protectRequest(request, exchange.withheld)
  // Redirected, a call of fetch goes on as another request, at another address.
  const attempt = outer?.active
    ? outer
    : recognised && metering.begin(recognised, head, readBody(request.body))
  if (attempt === undefined) return
  exchange.attempt = attempt
  tapRequest(request, attempt)
}

function readHead(request: UndiciRequest): RequestHead | undefined {
  // Sent to a proxy, a request carries its whole address in its path.
  const url = request.path.startsWith('http') ? request.path : `${request.origin}${request.path}`
  return requestHeadFromUrl(request.method, url, (name) => readRequestHeader(request, name))
}

function readBody(body: unknown): ObservedBody | undefined {
  if (typeof body === 'string') return observeText(body)
  return body instanceof Uint8Array ? observeWhole(body) : undefined
}
