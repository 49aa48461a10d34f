import {
  constants,
  createSecureServer,
  createServer,
  type Http2Server,
  type IncomingHttpHeaders,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2'
import type { ReloadableTls } from '../security/tls.ts'
import type { Signal } from '../types.ts'
import { encodeExportResponse } from './export-response.ts'
import { frameMessage, GRPC_PATHS } from './grpc-message.ts'
import { listen } from './listen.ts'
import { GrpcCode, internalError, OtlpError } from './otlp-error.ts'
import { readGrpcMessage } from './read-grpc-message.ts'
import { encodeStatus } from './rpc-status.ts'
import type { Receiver, ReceiverOptions } from './types.ts'

const SIGNALS = new Map<string, Signal>(
  Object.entries(GRPC_PATHS).map(([signal, path]) => [path, signal as Signal]),
)

/** Cut a connection without any stream after this long. */
const IDLE_SESSION_TIMEOUT_MS = 300_000
/** gRPC-Web, which begins alike, frames its trailers in another way. */
const CONTENT_TYPE = /^application\/grpc(\+proto)?\s*(;|$)/i
/** The default window of 64 KiB would stall a 1 MB batch fifteen times. */
const STREAM_WINDOW_BYTES = 4 * 2 ** 20
const SESSION_WINDOW_BYTES = 16 * 2 ** 20

/**
 * OTLP/gRPC, unary, straight on HTTP/2: twice as fast as a gRPC library, of which this needs very little.
 *
 * @see https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md
 */
export async function startGrpcReceiver(options: ReceiverOptions): Promise<Receiver> {
  const server = createHttp2Server(options.tls)
  const sessions = new Set<ServerHttp2Session>()
  server.on('session', (session) => {
    sessions.add(session)
    session.setLocalWindowSize(SESSION_WINDOW_BYTES)
    session.setTimeout(IDLE_SESSION_TIMEOUT_MS, () => session.close())
    const silent = setTimeout(() => session.destroy(), options.readHeaderTimeout)
    session.once('remoteSettings', () => clearTimeout(silent))
    session.on('error', () => undefined)
    session.on('close', () => {
      clearTimeout(silent)
      sessions.delete(session)
    })
  })
  server.on('sessionError', () => undefined)
  server.on('stream', (stream, headers) => {
    void answer(stream, headers, options)
  })
  server.maxConnections = options.maxConnections
  const address = await listen(
    server,
    options.endpoint,
    options.tls === undefined ? 'http' : 'https',
    options.reusePort,
  )
  return {
    address,
    close: (deadline) =>
      new Promise((resolve) => {
        const cut = (): void => {
          for (const session of sessions) session.destroy()
        }
        server.close(() => {
          deadline.removeEventListener('abort', cut)
          resolve()
        })
        for (const session of sessions) session.close()
        if (deadline.aborted) cut()
        else deadline.addEventListener('abort', cut, { once: true })
      }),
  }
}

function createHttp2Server(tls: ReloadableTls | undefined): Http2Server {
  const settings = {
    settings: {
      initialWindowSize: STREAM_WINDOW_BYTES,
      maxConcurrentStreams: 128,
      maxHeaderListSize: 16 * 2 ** 10,
      enablePush: false,
    },
    maxSessionMemory: 64,
  }
  if (tls === undefined) return createServer(settings)
  const server = createSecureServer({ ...settings, ...tls.options() })
  tls.onReload((secureContext) => server.setSecureContext(secureContext))
  return server
}

async function answer(
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
  { limits, readTimeout, authenticate, consume, telemetry, log }: ReceiverOptions,
): Promise<void> {
  const timer = setTimeout(() => stream.close(constants.NGHTTP2_CANCEL), readTimeout)
  stream.on('close', () => clearTimeout(timer))
  stream.on('error', () => undefined)
  const path = String(headers[':path'])
  const signal = SIGNALS.get(path)
  try {
    if (!CONTENT_TYPE.test(headers['content-type'] ?? '')) {
      stream.respond({ ':status': 415 }, { endStream: true })
      stream.close(constants.NGHTTP2_NO_ERROR)
      return
    }
    if (signal === undefined) throw unimplemented(`unknown method ${path}`)
    const context = authenticate(headers.authorization)
    const { bytes, release } = await readGrpcMessage(stream, headers, limits)
    const partial = await consume({
      signal,
      encoding: 'protobuf',
      transport: 'grpc',
      body: bytes,
      context,
      release,
    })
    telemetry.requests.add(1, 'grpc', signal, String(GrpcCode.ok))
    sendMessage(stream, encodeExportResponse('protobuf', signal, partial))
  } catch (thrown) {
    const error = thrown instanceof OtlpError ? thrown : internalError(thrown)
    telemetry.requests.add(1, 'grpc', signal ?? '', String(error.details.grpcCode))
    log.warn(`grpc ${error.details.grpcCode}`, { err: error.cause ?? error, path }, error.message)
    sendStatus(stream, error)
  }
}

function sendMessage(stream: ServerHttp2Stream, message: Buffer): void {
  if (stream.destroyed) return
  stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }))
  stream.respond(
    { ':status': 200, 'content-type': 'application/grpc', 'grpc-accept-encoding': 'gzip, identity' },
    { waitForTrailers: true },
  )
  stream.end(frameMessage(message))
}

/** Trailers-Only: several clients fail to see a status that comes after a header frame without a message. */
function sendStatus(stream: ServerHttp2Stream, error: OtlpError): void {
  if (stream.destroyed || stream.headersSent) return
  stream.respond(
    {
      ':status': 200,
      'content-type': 'application/grpc',
      'grpc-status': String(error.details.grpcCode),
      'grpc-message': encodeURIComponent(error.message).replaceAll('%20', ' '),
      'grpc-status-details-bin': encodeStatus(error, 'protobuf').toString('base64'),
    },
    { endStream: true },
  )
  // Whatever is still to come of the request is not wanted.
  if (!stream.readableEnded) stream.close(constants.NGHTTP2_NO_ERROR)
}

function unimplemented(message: string): OtlpError {
  return new OtlpError(message, { grpcCode: GrpcCode.unimplemented, httpStatus: 501 })
}
