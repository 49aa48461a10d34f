import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { isLocalName } from '../security/local-names.ts'
import type { OtlpEncoding, Signal } from '../types.ts'
import type { HandleCors } from './cors.ts'
import { encodeExportResponse } from './export-response.ts'
import { listen } from './listen.ts'
import { GrpcCode, internalError, OtlpError } from './otlp-error.ts'
import { answerParserErrors } from './parser-errors.ts'
import { readBody } from './read-body.ts'
import { CONTENT_TYPES, sendError } from './send-error.ts'
import type { Receiver, ReceiverOptions } from './types.ts'

const SIGNALS: Readonly<Record<string, Signal>> = {
  '/v1/traces': 'traces',
  '/v1/metrics': 'metrics',
  '/v1/logs': 'logs',
}

/** Between two requests. */
const KEEP_ALIVE_TIMEOUT_MS = 75_000
const TIMEOUT_CHECKS_MS = 5_000

export interface HttpReceiverOptions extends ReceiverOptions {
  readonly handleCors: HandleCors
}

/** OTLP/HTTP, protobuf and JSON on one port. @see https://opentelemetry.io/docs/specs/otlp/#otlphttp */
export async function startHttpReceiver(options: HttpReceiverOptions): Promise<Receiver> {
  const server = createHttpServer(options, (request, response) => {
    if (!server.listening) response.setHeader('connection', 'close')
    const encoding = encodingOf(request)
    parserErrors.begin(request.socket, { encoding: encoding ?? 'json', response })
    void answer(request, response, encoding, options)
  })
  const parserErrors = answerParserErrors(server)
  server.maxConnections = options.maxConnections
  const address = await listen(
    server,
    options.endpoint,
    options.tls === undefined ? 'http' : 'https',
    options.reusePort,
  )
  return { address, close: (deadline) => closeServer(server, deadline) }
}

function createHttpServer(
  { tls, readHeaderTimeout, readTimeout }: ReceiverOptions,
  listener: RequestListener,
): Server {
  const settings = {
    headersTimeout: readHeaderTimeout,
    requestTimeout: readTimeout,
    keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
    connectionsCheckingInterval: Math.min(TIMEOUT_CHECKS_MS, readHeaderTimeout),
    maxHeaderSize: 16 * 2 ** 10,
  }
  if (tls === undefined) return createServer(settings, listener)
  const server = createTlsServer({ ...settings, ...tls.options() }, listener)
  tls.onReload((secureContext) => server.setSecureContext(secureContext))
  return server
}

/** Stops accepting. Connections that are idle end now, the others with their next answer. */
function closeServer(server: Server, deadline: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const cut = (): void => server.closeAllConnections()
    server.close(() => {
      deadline.removeEventListener('abort', cut)
      resolve()
    })
    if (deadline.aborted) cut()
    else deadline.addEventListener('abort', cut, { once: true })
  })
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  encoding: OtlpEncoding | undefined,
  options: HttpReceiverOptions,
): Promise<void> {
  const { limits, authenticate, handleCors, consume, telemetry, log } = options
  const path = pathOf(request)
  const signal = SIGNALS[path]
  try {
    if (isRebound(request, options)) throw misdirected(request.headers.host)
    if (handleCors(request, response)) return
    if (signal === undefined) throw notFound(path)
    if (request.method !== 'POST') throw methodNotAllowed(request.method)
    const context = authenticate(request.headers.authorization)
    if (encoding === undefined) throw unsupportedMediaType(request.headers['content-type'])
    const { bytes, release } = await readBody(request, limits)
    const partial = await consume({ signal, encoding, transport: 'http', body: bytes, context, release })
    telemetry.requests.add(1, 'http', signal, '200')
    sendSuccess(response, encoding, encodeExportResponse(encoding, signal, partial))
  } catch (thrown) {
    const error = thrown instanceof OtlpError ? thrown : internalError(thrown)
    telemetry.requests.add(1, 'http', signal ?? '', String(error.details.httpStatus))
    log.warn(
      `http ${error.details.httpStatus}`,
      { err: error.cause ?? error, path, peer: request.socket.remoteAddress },
      error.message,
    )
    sendError(request, response, encoding ?? 'json', error)
  }
}

function sendSuccess(response: ServerResponse, encoding: OtlpEncoding, body: Buffer): void {
  response.writeHead(200, { 'content-type': CONTENT_TYPES[encoding], 'content-length': body.byteLength })
  response.end(body)
}

function encodingOf(request: IncomingMessage): OtlpEncoding | undefined {
  const mediaType = request.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase()
  if (mediaType === 'application/x-protobuf') return 'protobuf'
  return mediaType === 'application/json' ? 'json' : undefined
}

function pathOf(request: IncomingMessage): string {
  const target = request.url ?? '/'
  const query = target.indexOf('?')
  return query === -1 ? target : target.slice(0, query)
}

/** Only browsers send an `Origin`; other clients may call this machine what they like. */
function isRebound({ headers }: IncomingMessage, { isOpen, endpoint }: ReceiverOptions): boolean {
  return isOpen && headers.origin !== undefined && !isLocalName(headers.host, endpoint)
}

function misdirected(host: string | undefined): OtlpError {
  return new OtlpError(`a page may not reach this receiver as ${host}; set auth to open it`, {
    grpcCode: GrpcCode.permissionDenied,
    httpStatus: 421,
  })
}

function notFound(path: string): OtlpError {
  return new OtlpError(`no such path: ${path}; OTLP is at ${Object.keys(SIGNALS).join(', ')}`, {
    grpcCode: GrpcCode.notFound,
    httpStatus: 404,
  })
}

function methodNotAllowed(method: string | undefined): OtlpError {
  return new OtlpError(`method ${method} is not allowed; use POST`, {
    grpcCode: GrpcCode.unimplemented,
    httpStatus: 405,
    headers: { allow: 'POST' },
  })
}

function unsupportedMediaType(contentType: string | undefined): OtlpError {
  return new OtlpError(
    `content type ${JSON.stringify(contentType ?? '')} is not supported; use ${Object.values(CONTENT_TYPES).join(' or ')}`,
    {
      grpcCode: GrpcCode.unimplemented,
      httpStatus: 415,
      headers: { accept: Object.values(CONTENT_TYPES).join(', ') },
    },
  )
}
