import { promisify } from 'node:util'
import { gzip, constants as zlibConstants } from 'node:zlib'
import type { ExporterConfig } from '../config/types.ts'
import type { Http2Answer } from '../http2/client-stream.ts'
import { encodeHeaders } from '../http2/header-encoder.ts'
import type { HeaderField } from '../http2/header-table.ts'
import { decodeExportResponse } from '../protocol/export-response.ts'
import { GRPC_PREFIX_BYTES, grpcPrefix } from '../protocol/grpc-message.ts'
import { GrpcCode } from '../protocol/otlp-error.ts'
import { readRetryDelay } from '../protocol/rpc-status.ts'
import { GRPC_PATHS } from '../protocol/signal-paths.ts'
import type { QueueRecord } from '../queue/record.ts'
import { withCredentials } from '../security/url-credentials.ts'
import { bySignal } from '../signals.ts'
import type { Signal } from '../types.ts'
import { checkHeaders } from './check-headers.ts'
import { GrpcConnection } from './grpc-connection.ts'
import {
  createOtlpDestination,
  MAX_RESPONSE_BYTES,
  RESPONSE_TOO_LARGE,
  uncompressed,
} from './otlp-destination.ts'
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
/**
 * How servers word that a message is too large. The codes don't tell: RESOURCE_EXHAUSTED may also mean a quota, and servers in
 * Rust answer OUT_OF_RANGE. The words must not fit a quota that is exceeded: splitting would make thousands of requests.
 */
const TOO_LARGE = /larger than max|too large|message size|message exceeds|exceeded while decompressing/i
const SIZE_CODES = new Set<number>([GrpcCode.resourceExhausted, GrpcCode.outOfRange])

const gzipAsync = promisify(gzip)

/** Sends records to an OTLP/gRPC endpoint, as concurrent streams of one connection for each server. */
export function createGrpcExporter(config: ExporterConfig): Destination {
  const { timeout } = config
  const connections = new Map<string, GrpcConnection>()
  const routeOf = (signal: Signal): Route => {
    const server = endpointOf(signal, config)
    const connection = connections.get(server.origin) ?? new GrpcConnection(server, config)
    connections.set(server.origin, connection)
    return { connection, headers: requestHeaders(signal, config) }
  }
  const routes = bySignal(routeOf)
  const call = async ({ payload, signal }: QueueRecord, abort: AbortSignal): Promise<Http2Answer> => {
    const isCompressed = config.compression === 'gzip'
    const message = isCompressed ? await gzipAsync(payload, { level: zlibConstants.Z_BEST_SPEED }) : payload
    const { connection, headers } = routes[signal]
    const used = await connection.get()
    abort.throwIfAborted()
    const { answer, cancel } = used.request({
      headers,
      parts: [grpcPrefix(message.byteLength, isCompressed), message],
      maxBytes: MAX_RESPONSE_BYTES,
    })
    const timer = setTimeout(() => {
      cancel(new Error(`no answer within ${timeout} ms`))
      // The connection may be dead, which TCP notices only after a quarter of an hour: the next call opens another one.
      used.retire()
    }, timeout)
    const stop = (): void => cancel(new Error('cancelled'))
    abort.addEventListener('abort', stop)
    try {
      return await answer
    } finally {
      clearTimeout(timer)
      abort.removeEventListener('abort', stop)
    }
  }
  return createOtlpDestination(config, {
    send: async (record, signal) => readResult(await call(record, signal), record),
    async close() {
      for (const connection of connections.values()) connection.close()
    },
  })
}

/** Where the calls of a signal go, and their headers. */
interface Route {
  readonly connection: GrpcConnection
  readonly headers: Buffer
}

function endpointOf(signal: Signal, { endpoint, signalEndpoints }: ExporterConfig): URL {
  return new URL(signalEndpoints[signal] ?? endpoint)
}

/** The headers, which are the same for every call, encoded. @throws if one of them is not valid. */
function requestHeaders(signal: Signal, config: ExporterConfig): Buffer {
  const endpoint = endpointOf(signal, config)
  const { protocol, host } = endpoint
  const own = checkHeaders(withCredentials(endpoint, config.headers)).map(
    ([name, value]): HeaderField => [name.toLowerCase(), value],
  )
  const fixed: readonly HeaderField[] = [
    [':method', 'POST'],
    [':scheme', protocol.slice(0, -1)],
    [':path', GRPC_PATHS[signal]],
    [':authority', host],
    ['te', 'trailers'],
    ['content-type', 'application/grpc'],
    ['user-agent', 'spanmeter'],
    ['grpc-timeout', `${Math.round(config.timeout)}m`],
    ['grpc-accept-encoding', 'gzip, identity'],
    ...(config.compression === 'gzip' ? [['grpc-encoding', 'gzip'] as const] : []),
  ]
  const isFixed = new Set(fixed.map(([name]) => name))
  return encodeHeaders([...fixed, ...own.filter(([name]) => !isFixed.has(name))])
}

function readResult({ headers, body }: Http2Answer, { signal }: QueueRecord): DeliveryResult {
  const message = body && responseMessage(body, headers)
  if (message === undefined) return RESPONSE_TOO_LARGE
  const code = statusCode(headers)
  if (code === GrpcCode.ok) {
    const partial = decodeExportResponse(message, 'protobuf', signal)
    return partial === undefined ? { kind: 'accepted' } : { kind: 'accepted', partial }
  }
  const words = decodeWords(String(headers['grpc-message'] ?? ''))
  const status = String(code)
  const result = { message: `gRPC status ${status}: ${words.slice(0, 300)}`, status }
  const details = Buffer.from(String(headers['grpc-status-details-bin'] ?? ''), 'base64')
  const afterMs = readRetryDelay(details)
  if (SIZE_CODES.has(code) && afterMs === undefined && TOO_LARGE.test(words)) {
    return { kind: 'too_large', ...result }
  }
  if (code === GrpcCode.unimplemented) return { kind: 'unsupported', ...result }
  const mayRetry = code === GrpcCode.resourceExhausted ? afterMs !== undefined : RETRYABLE.has(code)
  if (!mayRetry) return { kind: 'permanent', ...result }
  return { kind: 'retryable', ...result, ...(afterMs === undefined ? {} : { afterMs }) }
}

/** Should be percent-encoded UTF-8; if it isn't, it is taken as it is. */
function decodeWords(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** A proxy on the way to a gRPC server may answer in plain HTTP. @see https://github.com/grpc/grpc/blob/master/doc/http-grpc-status-mapping.md */
const CODES_BY_HTTP_STATUS: Readonly<Record<string, number>> = {
  // The stream was cut off before its trailers: it isn't known whether the message was accepted.
  200: GrpcCode.unavailable,
  400: GrpcCode.internal,
  401: GrpcCode.unauthenticated,
  403: GrpcCode.permissionDenied,
  404: GrpcCode.unimplemented,
  429: GrpcCode.unavailable,
  502: GrpcCode.unavailable,
  503: GrpcCode.unavailable,
  504: GrpcCode.unavailable,
}

function statusCode({ 'grpc-status': code, ':status': httpStatus = '' }: Http2Answer['headers']): number {
  return code === undefined ? (CODES_BY_HTTP_STATUS[httpStatus] ?? GrpcCode.unknown) : Number(code)
}

function responseMessage(framed: Buffer, headers: Http2Answer['headers']): Buffer | undefined {
  const content = framed.subarray(GRPC_PREFIX_BYTES)
  return framed[0] === 1 ? uncompressed(content, headers['grpc-encoding']) : content
}
