import { type ClientHttp2Session, connect, constants, type IncomingHttpHeaders } from 'node:http2'
import { promisify } from 'node:util'
import { gunzipSync, gzip, constants as zlibConstants } from 'node:zlib'
import type { ExporterConfig } from '../config/types.ts'
import type { QueueRecord } from '../queue/record.ts'
import { decodeExportResponse } from '../receivers/export-response.ts'
import { GRPC_PATHS, GRPC_PREFIX_BYTES, grpcPrefix } from '../receivers/grpc-message.ts'
import { GrpcCode } from '../receivers/otlp-error.ts'
import { readRetryDelay } from '../receivers/rpc-status.ts'
import { clientTls } from './client-tls.ts'
import { inEncoding } from './in-encoding.ts'
import type { DeliveryResult, Destination } from './types.ts'

/** @see https://opentelemetry.io/docs/specs/otlp/#failures */
const RETRYABLE = new Set<number>([
  GrpcCode.cancelled,
  GrpcCode.deadlineExceeded,
  GrpcCode.aborted,
  GrpcCode.outOfRange,
  GrpcCode.unavailable,
  GrpcCode.dataLoss,
])
const MAX_RESPONSE_BYTES = 4 * 2 ** 20
const STREAM_WINDOW_BYTES = 2 ** 20
/** RESOURCE_EXHAUSTED means a quota as often as a size; only the words tell. */
const TOO_LARGE = /larger than max|too large|message size|exceeds/i

const gzipAsync = promisify(gzip)

interface Answer {
  readonly headers: IncomingHttpHeaders
  readonly message: Buffer
}

/** Sends records to one OTLP/gRPC endpoint, as concurrent streams of one connection. */
export function createGrpcExporter(config: ExporterConfig): Destination {
  let session: ClientHttp2Session | undefined
  const currentSession = (): ClientHttp2Session => {
    if (session === undefined || session.closed || session.destroyed) session = openSession(config)
    return session
  }
  return {
    name: config.name,
    concurrency: config.concurrency,
    accepts: () => true,
    async deliver(queued, signal) {
      const record = inEncoding(queued, 'protobuf')
      if (record === undefined) return { kind: 'permanent', message: 'cannot be written as protobuf' }
      if (record.payload.byteLength > config.maxRequestBodySize) {
        return {
          kind: 'too_large',
          message: `larger than max_request_body_size (${config.maxRequestBodySize})`,
        }
      }
      try {
        return readResult(await call(currentSession(), record, config, signal), record)
      } catch (error) {
        return { kind: 'retryable', message: (error as Error).message }
      }
    },
    async close() {
      session?.destroy()
    },
  }
}

function openSession({ endpoint, tls }: ExporterConfig): ClientHttp2Session {
  const session = connect(endpoint, {
    ...clientTls(tls),
    settings: { enablePush: false, initialWindowSize: STREAM_WINDOW_BYTES },
  })
  // Each call under way reports it; the next one opens another session.
  session.on('error', () => undefined)
  session.on('goaway', () => session.close())
  session.unref()
  return session
}

async function call(
  session: ClientHttp2Session,
  { payload, signal }: QueueRecord,
  { headers, compression, timeout }: ExporterConfig,
  abort: AbortSignal,
): Promise<Answer> {
  const message =
    compression === 'gzip' ? await gzipAsync(payload, { level: zlibConstants.Z_BEST_SPEED }) : payload
  return new Promise((resolve, reject) => {
    const stream = session.request({
      ...headers,
      ':method': 'POST',
      ':path': GRPC_PATHS[signal],
      te: 'trailers',
      'content-type': 'application/grpc',
      'user-agent': 'spanmeter',
      'grpc-timeout': `${Math.round(timeout)}m`,
      'grpc-accept-encoding': 'gzip, identity',
      ...(compression === 'gzip' ? { 'grpc-encoding': 'gzip' } : {}),
    })
    let answer: IncomingHttpHeaders = {}
    const chunks: Buffer[] = []
    let received = 0
    const cancel = (): void => stream.close(constants.NGHTTP2_CANCEL)
    const timer = setTimeout(() => {
      cancel()
      // The connection itself may be dead, which TCP takes a quarter of an hour to find out: the next call opens another.
      session.close()
    }, timeout)
    abort.addEventListener('abort', cancel, { once: true })
    stream.on('response', (head) => {
      answer = { ...head }
    })
    stream.on('trailers', (trailers) => {
      answer = { ...answer, ...trailers }
    })
    stream.on('data', (chunk: Buffer) => {
      received += chunk.byteLength
      if (received > MAX_RESPONSE_BYTES) cancel()
      else chunks.push(chunk)
    })
    stream.on('error', (error) => reject(error))
    stream.on('close', () => {
      clearTimeout(timer)
      abort.removeEventListener('abort', cancel)
      if (answer[':status'] === undefined) reject(new Error(`no answer within ${timeout} ms`))
      else resolve({ headers: answer, message: Buffer.concat(chunks) })
    })
    stream.write(grpcPrefix(message.byteLength, compression === 'gzip'))
    stream.end(message)
  })
}

function readResult({ headers, message }: Answer, { signal }: QueueRecord): DeliveryResult {
  const code = statusCode(headers)
  if (code === GrpcCode.ok) {
    const partial = decodeExportResponse(responseMessage(message, headers), 'protobuf', signal)
    return partial === undefined ? { kind: 'accepted' } : { kind: 'accepted', partial }
  }
  const words = decodeWords(String(headers['grpc-message'] ?? ''))
  const status = String(code)
  const result = { message: `gRPC status ${status}: ${words.slice(0, 300)}`, status }
  const details = Buffer.from(String(headers['grpc-status-details-bin'] ?? ''), 'base64')
  const afterMs = readRetryDelay(details)
  if (code === GrpcCode.resourceExhausted && afterMs === undefined) {
    return { kind: TOO_LARGE.test(words) ? 'too_large' : 'permanent', ...result }
  }
  if (code === GrpcCode.unimplemented) return { kind: 'unsupported', ...result }
  if (code !== GrpcCode.resourceExhausted && !RETRYABLE.has(code)) return { kind: 'permanent', ...result }
  return { kind: 'retryable', ...result, ...(afterMs === undefined ? {} : { afterMs }) }
}

/** Percent-encoded UTF-8, where the backend keeps to it. */
function decodeWords(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** What is between us and a gRPC server may answer in plain HTTP. @see https://github.com/grpc/grpc/blob/master/doc/http-grpc-status-mapping.md */
function statusCode(headers: IncomingHttpHeaders): number {
  if (headers['grpc-status'] !== undefined) return Number(headers['grpc-status'])
  const byHttpStatus: Record<number, number> = {
    400: GrpcCode.internal,
    401: GrpcCode.unauthenticated,
    403: GrpcCode.permissionDenied,
    404: GrpcCode.unimplemented,
    429: GrpcCode.unavailable,
    502: GrpcCode.unavailable,
    503: GrpcCode.unavailable,
    504: GrpcCode.unavailable,
  }
  const httpStatus = Number(headers[':status'])
  // A stream that was cut before its trailers: nobody knows whether the message was taken.
  if (httpStatus === 200) return GrpcCode.unavailable
  return byHttpStatus[httpStatus] ?? GrpcCode.unknown
}

function responseMessage(framed: Buffer, headers: IncomingHttpHeaders): Buffer {
  const content = framed.subarray(GRPC_PREFIX_BYTES)
  if (framed[0] !== 1 || headers['grpc-encoding'] !== 'gzip') return content
  try {
    return gunzipSync(content, { maxOutputLength: MAX_RESPONSE_BYTES })
  } catch {
    return Buffer.alloc(0)
  }
}
