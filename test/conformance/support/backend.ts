import { createServer as createHttpServer, type IncomingHttpHeaders } from 'node:http'
import { createServer as createHttp2Server } from 'node:http2'
import { buffer } from 'node:stream/consumers'
import { gunzipSync, zstdDecompressSync } from 'node:zlib'
import { listenLocally } from '../../support/listen-locally.ts'
import { frame } from './client.ts'
import { spanIds } from './payloads.ts'

/** What the backend does with one request. */
export type Behaviour =
  | { readonly status: number; readonly headers?: Record<string, string>; readonly body?: Buffer }
  | {
      readonly grpcStatus: number
      readonly message?: string
      readonly details?: Buffer
      readonly body?: Buffer
    }
  | 'reset'
  | 'hang'
  | 'garbage'

export interface Attempt {
  readonly at: number
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
  readonly ids: readonly string[]
  /** The client's port: the same for requests on one connection. */
  readonly connection: number | undefined
}

export interface Backend {
  readonly url: string
  /** Every request, in order of arrival, accepted or not. */
  readonly attempts: Attempt[]
  /** Spans of the requests that were answered with success, each time again. */
  readonly accepted: string[]
  close(): Promise<void>
}

const OK_HTTP: Behaviour = { status: 200 }
const OK_GRPC: Behaviour = { grpcStatus: 0 }

/** An OTLP/HTTP backend that behaves as told, request by request. */
export async function startHttpBackend(
  behave: (attempt: number) => Behaviour = () => OK_HTTP,
): Promise<Backend> {
  const attempts: Attempt[] = []
  const accepted: string[] = []
  const server = createHttpServer(async (request, response) => {
    const sent = await buffer(request).catch(() => undefined)
    if (sent === undefined) return
    const body = decoded(sent, request.headers['content-encoding'])
    const encoding = request.headers['content-type']?.includes('json') ? 'json' : 'protobuf'
    const ids = request.url === '/v1/traces' ? spanIds(body, encoding) : []
    const connection = request.socket.remotePort
    attempts.push({
      at: Date.now(),
      path: request.url ?? '',
      headers: request.headers,
      body,
      ids,
      connection,
    })
    const behaviour = behave(attempts.length)
    if (behaviour === 'reset') return request.socket.destroy()
    if (behaviour === 'hang') return
    if (behaviour === 'garbage') return request.socket.end('\x00\x01\x02 this is not HTTP\r\n\r\n')
    if (!('status' in behaviour)) throw new Error('a gRPC behaviour at an HTTP backend')
    if (behaviour.status < 300) accepted.push(...ids)
    response.writeHead(behaviour.status, { 'content-type': 'application/x-protobuf', ...behaviour.headers })
    response.end(behaviour.body)
  })
  const port = await listenLocally(server)
  return {
    url: `http://127.0.0.1:${port}`,
    attempts,
    accepted,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** An OTLP/gRPC backend that behaves as told. */
export async function startGrpcBackend(
  behave: (attempt: number) => Behaviour = () => OK_GRPC,
): Promise<Backend> {
  const attempts: Attempt[] = []
  const accepted: string[] = []
  const server = createHttp2Server()
  const sessions = new Set<{ destroy(): void }>()
  server.on('session', (session) => {
    sessions.add(session)
    session.on('error', () => undefined)
  })
  server.on('stream', async (stream, headers) => {
    stream.on('error', () => undefined)
    const framed = await buffer(stream).catch(() => undefined)
    if (framed === undefined) return
    const body = framed[0] === 1 ? gunzipSync(framed.subarray(5)) : framed.subarray(5)
    const path = String(headers[':path'])
    const ids = path.includes('TraceService') ? spanIds(body, 'protobuf') : []
    const connection = stream.session?.socket.remotePort
    attempts.push({ at: Date.now(), path, headers, body, ids, connection })
    const behaviour = behave(attempts.length)
    if (behaviour === 'reset') return stream.session?.destroy()
    if (behaviour === 'hang') return
    if (behaviour === 'garbage') {
      stream.respond({ ':status': 200, 'content-type': 'text/html' })
      return stream.end('<html>')
    }
    if (!('grpcStatus' in behaviour))
      return stream.respond({ ':status': behaviour.status }, { endStream: true })
    const { grpcStatus, message = '', details, body: reply = Buffer.alloc(0) } = behaviour
    if (grpcStatus === 0) {
      accepted.push(...ids)
      stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }))
      stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true })
      return stream.end(frame(reply))
    }
    stream.respond(
      {
        ':status': 200,
        'content-type': 'application/grpc',
        'grpc-status': String(grpcStatus),
        'grpc-message': message,
        ...(details === undefined ? {} : { 'grpc-status-details-bin': details.toString('base64') }),
      },
      { endStream: true },
    )
  })
  const port = await listenLocally(server)
  return {
    url: `http://127.0.0.1:${port}`,
    attempts,
    accepted,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const session of sessions) session.destroy()
      }),
  }
}

function decoded(body: Buffer, encoding: string | undefined): Buffer {
  if (encoding === 'gzip') return gunzipSync(body)
  return encoding === 'zstd' ? zstdDecompressSync(body) : body
}
