import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { encodingOf } from '../protocol/content-types.ts'
import { answerRequest } from './answer-request.ts'
import { serveDirectly } from './direct-connections.ts'
import { createDirectHandler } from './direct-handler.ts'
import { openReceiver } from './open-receiver.ts'
import { answerParserErrors } from './parser-errors.ts'
import type { HttpReceiverOptions, Receiver, ReceiverOptions } from './types.ts'
import { logTlsErrors } from './wrong-protocol.ts'

/** How long a connection is kept between two requests. */
const KEEP_ALIVE_TIMEOUT_MS = 75_000
const TIMEOUT_CHECKS_MS = 5_000

/** OTLP/HTTP, protobuf and JSON on one port. @see https://opentelemetry.io/docs/specs/otlp/#otlphttp */
export async function startHttpReceiver(options: HttpReceiverOptions): Promise<Receiver> {
  const server = createHttpServer(options, (request, response) => {
    if (!server.listening) response.setHeader('connection', 'close')
    parserErrors.begin(request.socket, {
      encoding: encodingOf(request.headers['content-type']) ?? 'json',
      response,
    })
    void answerRequest(request, response, options)
  })
  const parserErrors = answerParserErrors(server, options.log)
  // TLS connections can only be read by Node.
  const direct =
    options.tls === undefined
      ? serveDirectly(server, createDirectHandler(options, KEEP_ALIVE_TIMEOUT_MS), checkInterval(options))
      : undefined
  const connections = {
    close: () => direct?.close(),
    destroy() {
      server.closeAllConnections()
      direct?.destroy()
    },
  }
  return await openReceiver(server, 'http', connections, options)
}

function createHttpServer(options: ReceiverOptions, listener: RequestListener): Server {
  const { tls, readHeaderTimeout, readTimeout } = options
  const settings = {
    headersTimeout: readHeaderTimeout,
    requestTimeout: readTimeout,
    keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
    connectionsCheckingInterval: checkInterval(options),
    maxHeaderSize: 16 * 2 ** 10,
  }
  if (tls === undefined) return createServer(settings, listener)
  const server = createTlsServer({ ...settings, ...tls.options() }, listener)
  logTlsErrors(server, 'HTTP', options.log)
  tls.onReload((secureContext) => server.setSecureContext(secureContext))
  return server
}

function checkInterval({ readHeaderTimeout }: ReceiverOptions): number {
  return Math.min(TIMEOUT_CHECKS_MS, readHeaderTimeout)
}
