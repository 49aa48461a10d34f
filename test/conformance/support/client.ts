import { once } from 'node:events'
import { request as httpRequest } from 'node:http'
import { connect } from 'node:http2'
import { buffer } from 'node:stream/consumers'

export interface HttpReply {
  readonly status: number
  readonly headers: Record<string, string | undefined>
  readonly body: Buffer
}

export interface HttpCall {
  readonly path?: string
  readonly method?: string
  readonly headers?: Record<string, string>
  readonly body?: Buffer
}

/** One HTTP request, with nothing added that the caller did not ask for. */
export async function http(
  base: string,
  { path = '/v1/traces', method = 'POST', headers = {}, body = Buffer.alloc(0) }: HttpCall,
): Promise<HttpReply> {
  const url = new URL(base)
  const request = httpRequest({
    host: url.hostname,
    port: url.port,
    path,
    method,
    headers: { 'content-length': String(body.byteLength), ...headers },
    agent: false,
  })
  // A server may answer, and close, before it has read all of a body that it refuses.
  request.on('error', () => undefined)
  request.end(body)
  const [response] = await once(request, 'response')
  return {
    status: response.statusCode,
    headers: response.headers,
    body: await buffer(response).catch(() => Buffer.alloc(0)),
  }
}

export const PROTOBUF = { 'content-type': 'application/x-protobuf' }
export const JSON_TYPE = { 'content-type': 'application/json' }

export interface GrpcReply {
  readonly httpStatus: number
  readonly status: number | undefined
  readonly message: string
  /** Of `grpc-status-details-bin`. */
  readonly details: Buffer
  readonly trailersOnly: boolean
  readonly body: Buffer
}

const TRACES_PATH = '/opentelemetry.proto.collector.trace.v1.TraceService/Export'

export interface GrpcCall {
  readonly path?: string
  readonly headers?: Record<string, string>
  /** A message to frame, or bytes to send as they are. */
  readonly message?: Buffer
  readonly raw?: Buffer
  readonly compressed?: boolean
}

/** One unary gRPC call on a connection of its own. */
export async function grpc(
  base: string,
  { path = TRACES_PATH, headers = {}, message = Buffer.alloc(0), raw, compressed = false }: GrpcCall,
): Promise<GrpcReply> {
  const session = connect(base)
  session.on('error', () => undefined)
  const stream = session.request({
    ':method': 'POST',
    ':path': path,
    te: 'trailers',
    'content-type': 'application/grpc',
    ...headers,
  })
  stream.on('error', () => undefined)
  let head: Record<string, unknown> = {}
  let trailers: Record<string, unknown> = {}
  const chunks: Buffer[] = []
  stream.on('response', (received) => {
    head = { ...received }
  })
  stream.on('trailers', (received) => {
    trailers = { ...received }
  })
  stream.on('data', (chunk: Buffer) => chunks.push(chunk))
  stream.end(raw ?? frame(message, compressed))
  await once(stream, 'close')
  session.destroy()
  const all = { ...head, ...trailers }
  return {
    httpStatus: Number(head[':status']),
    status: all['grpc-status'] === undefined ? undefined : Number(all['grpc-status']),
    message: decodeURIComponent(String(all['grpc-message'] ?? '')),
    details: Buffer.from(String(all['grpc-status-details-bin'] ?? ''), 'base64'),
    trailersOnly: head['grpc-status'] !== undefined,
    body: Buffer.concat(chunks).subarray(5),
  }
}

export function frame(message: Buffer, compressed = false): Buffer {
  const prefix = Buffer.alloc(5)
  prefix.writeUInt8(compressed ? 1 : 0)
  prefix.writeUInt32BE(message.byteLength, 1)
  return Buffer.concat([prefix, message])
}
