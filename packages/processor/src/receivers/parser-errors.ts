import type { Server, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { GrpcCode, invalidData, OtlpError, requestTooSlow } from '../protocol/otlp-error.ts'
import type { RateLimitedLogger } from '../telemetry/logger.ts'
import type { OtlpEncoding } from '../types.ts'
import { errorResponse } from './error-response.ts'
import { encodeResponse } from './raw-response.ts'
import { noteWrongProtocol } from './wrong-protocol.ts'

/** So long a client may take to read why it was refused. */
const GOODBYE_MS = 1_000

/** A request that is being answered on a connection. */
export interface PendingResponse {
  readonly encoding: OtlpEncoding
  readonly response: ServerResponse
}

/**
 * Answers what Node's HTTP server refuses by itself (bytes that are no HTTP, too many headers, slow clients) with a Status,
 * like every other error; its own answers would have no body.
 */
export function answerParserErrors(
  server: Server,
  log: RateLimitedLogger,
): {
  begin(socket: Duplex, request: PendingResponse): void
} {
  const pending = new WeakMap<Duplex, PendingResponse>()
  server.on('clientError', (thrown: NodeJS.ErrnoException & { rawPacket?: Buffer }, socket) => {
    const request = pending.get(socket)
    const peer = 'remoteAddress' in socket ? String(socket.remoteAddress) : undefined
    const words = thrown.rawPacket && noteWrongProtocol('HTTP', thrown.rawPacket, peer, log)
    if (!socket.writable || request?.response.headersSent === true) {
      socket.destroy()
      return
    }
    const { headers, ...error } = errorResponse(
      words === undefined ? parserError(thrown) : invalidData(words),
      request?.encoding ?? 'json',
    )
    socket.end(encodeResponse({ ...error, headers: { ...headers, connection: 'close' } }))
    // A client that never closes its side would have the connection for good.
    setTimeout(() => socket.destroy(), GOODBYE_MS).unref()
  })
  return {
    begin(socket, request) {
      pending.set(socket, request)
    },
  }
}

function parserError({ code, message }: NodeJS.ErrnoException): OtlpError {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return requestTooSlow()
  if (code === 'HPE_HEADER_OVERFLOW') {
    return new OtlpError('the headers are larger than 16 KiB', {
      grpcCode: GrpcCode.invalidArgument,
      httpStatus: 431,
    })
  }
  return invalidData(`not a valid HTTP request: ${message}`)
}
