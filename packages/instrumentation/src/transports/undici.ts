import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { Attempt } from '../call/attempt.ts'
import type { Metering } from '../metering.ts'
import { observeText, observeWhole } from '../observation/body-recorder.ts'
import { requestHeadFromUrl } from '../request-head.ts'
import { safely } from '../safely.ts'
import type { ObservedBody, RequestHead } from '../wire/types.ts'
import { currentAttempt } from './current-attempt.ts'
import { protectRequest } from './provider-headers.ts'
import { headersOf, readRequestHeader, tapRequest, type UndiciRequest } from './undici-request.ts'

const ATTEMPT = Symbol('spanmeter.attempt')
const REDIRECTIONS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])

type ObservedUndiciRequest = UndiciRequest & { [ATTEMPT]?: Attempt | undefined }

/**
 * Observes every undici client, Node's own and the package from npm in any version, on undici's diagnostics channels.
 * https://github.com/nodejs/undici/blob/main/docs/docs/api/DiagnosticsChannel.md
 *
 * @returns what ends the observation.
 */
export function observeUndici(metering: Metering): () => void {
  const listeners: Record<string, (message: never) => void> = {
    'undici:request:create': ({ request }: { request: ObservedUndiciRequest }) => {
      const attempt = safely('undici', () => findAttempt(metering, request))
      if (attempt === undefined) return
      request[ATTEMPT] = attempt
      safely('undici', () => tapRequest(request, attempt))
    },
    'undici:request:bodyChunkSent': ({
      request,
      chunk,
    }: {
      request: ObservedUndiciRequest
      chunk: unknown
    }) => {
      const attempt = request[ATTEMPT]
      if (attempt?.wantsRequestBody)
        attempt.requestChunk(typeof chunk === 'string' ? Buffer.from(chunk) : (chunk as Uint8Array))
    },
    'undici:request:bodySent': ({ request }: { request: ObservedUndiciRequest }) => {
      const attempt = request[ATTEMPT]
      if (attempt !== undefined) safely('undici', () => attempt.requestSent())
    },
    'undici:request:headers': ({ request, response }: ResponseMessage) => {
      const attempt = request[ATTEMPT]
      if (attempt === undefined) return
      const header = headersOf(response.headers)
      // fetch follows a redirection by itself: the answer is still to come.
      if (REDIRECTIONS.has(response.statusCode) && header('location') !== undefined)
        request[ATTEMPT] = undefined
      else safely('undici', () => attempt.responseStarted(response.statusCode, header))
    },
    'undici:request:bodyChunkReceived': ({
      request,
      chunk,
    }: {
      request: ObservedUndiciRequest
      chunk: Uint8Array
    }) => {
      request[ATTEMPT]?.responseChunk(chunk)
    },
    'undici:request:trailers': ({ request }: { request: ObservedUndiciRequest }) => {
      const attempt = request[ATTEMPT]
      if (attempt !== undefined) safely('undici', () => attempt.responseEnded())
    },
    'undici:request:error': ({ request, error }: { request: ObservedUndiciRequest; error: unknown }) => {
      const attempt = request[ATTEMPT]
      if (attempt !== undefined) safely('undici', () => attempt.failed(error))
    },
  }
  for (const [channel, listener] of Object.entries(listeners)) subscribe(channel, listener as never)
  return () => {
    for (const [channel, listener] of Object.entries(listeners)) unsubscribe(channel, listener as never)
  }
}

interface ResponseMessage {
  readonly request: ObservedUndiciRequest
  readonly response: { readonly statusCode: number; readonly headers: readonly (Buffer | string)[] }
}

function findAttempt(metering: Metering, request: UndiciRequest): Attempt | undefined {
  const outer = currentAttempt.getStore()
  if (outer !== undefined && request.path.startsWith(outer.start.head.path)) {
    protectRequest(metering, outer.start.head, request)
    return outer.active ? outer : undefined
  }
  const head = readHead(request)
  const recognised = head && metering.recognise(head)
  if (head === undefined || recognised === undefined) return undefined
  protectRequest(metering, head, request)
  // Redirected, a call of fetch goes on as another request.
  if (outer?.active === true) return outer
  return metering.begin(recognised, head, readBody(request.body))
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
