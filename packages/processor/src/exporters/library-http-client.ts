import type { IncomingHttpHeaders } from 'node:http'
import type { Dispatcher } from 'undici'
import { createProxyAgent, mayHaveProxy } from '../network/environment-proxy.ts'
import { undici } from '../network/undici.ts'
import { clientTls } from './client-tls.ts'
import type { HttpClient, HttpClientOptions, WholeResponse } from './http-client.ts'

/** HTTP by undici: for TLS, proxies, and anything that a server may answer. */
export function createLibraryHttpClient(options: HttpClientOptions): HttpClient {
  const { origin, concurrency, timeout, tls, headers } = options
  const secure = { timeout, ...clientTls(tls) }
  const settings = {
    connections: concurrency,
    pipelining: 1,
    headersTimeout: timeout,
    bodyTimeout: timeout,
    connect: secure,
  }
  const dispatcher = mayHaveProxy(origin)
    ? createProxyAgent({ ...settings, requestTls: secure })
    : new (undici().Pool)(origin, settings)
  return {
    post: (path, body, signal) =>
      requestWhole(dispatcher, { origin, method: 'POST', path, headers, body }, options, signal),
    close: () => dispatcher.destroy(),
  }
}

/**
 * Sends a request and reads the response, with undici's callbacks: its promises make a stream of each response, which costs
 * more than sending the request, for the few bytes that an OTLP response has.
 */
function requestWhole(
  dispatcher: Dispatcher,
  options: Dispatcher.DispatchOptions,
  { maxBytes, timeout }: HttpClientOptions,
  signal: AbortSignal,
): Promise<WholeResponse> {
  return new Promise((resolve, reject) => {
    let request: Dispatcher.DispatchController | undefined
    let statusCode = 0
    let headers: IncomingHttpHeaders = {}
    const chunks: Buffer[] = []
    let bytes = 0
    const abort = (): void => request?.abort(signal.reason)
    // Undici's own timeouts are between two bytes: a response that comes in slowly would never exceed them.
    const deadline = setTimeout(() => request?.abort(new Error(`no answer within ${timeout} ms`)), timeout)
    const settle = (outcome: () => void): void => {
      clearTimeout(deadline)
      signal.removeEventListener('abort', abort)
      outcome()
    }
    signal.addEventListener('abort', abort)
    dispatcher.dispatch(options, {
      onRequestStart(controller) {
        request = controller
        if (signal.aborted) abort()
      },
      onResponseStart(_controller, status, responseHeaders) {
        statusCode = status
        headers = responseHeaders
      },
      onResponseData(controller, chunk) {
        bytes += chunk.byteLength
        if (bytes <= maxBytes) {
          chunks.push(chunk)
          return
        }
        settle(() => resolve({ statusCode, headers, body: undefined }))
        controller.abort(new Error('response too large'))
      },
      onResponseEnd() {
        settle(() =>
          resolve({ statusCode, headers, body: chunks.length === 1 ? chunks[0] : Buffer.concat(chunks) }),
        )
      },
      onResponseError(_controller, error) {
        settle(() => reject(error))
      },
    })
  })
}
