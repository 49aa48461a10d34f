import type { IncomingMessage, ServerResponse } from 'node:http'
import { CONTENT_TYPES } from '../protocol/content-types.ts'
import type { OtlpError } from '../protocol/otlp-error.ts'
import { encodeStatus } from '../protocol/rpc-status.ts'
import type { OtlpEncoding } from '../types.ts'
import type { RawResponse } from './raw-response.ts'

/** An error as HTTP: a Status in the request's encoding. */
export function encodeError(error: OtlpError, encoding: OtlpEncoding): RawResponse {
  const { httpStatus, headers, retryAfterSeconds } = error.details
  const body = encodeStatus(error, encoding)
  return {
    status: httpStatus,
    headers: {
      'content-type': CONTENT_TYPES[encoding],
      'content-length': String(body.byteLength),
      ...(retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }),
      ...headers,
    },
    body,
  }
}

export function sendError(
  request: IncomingMessage,
  response: ServerResponse,
  encoding: OtlpEncoding,
  error: OtlpError,
): void {
  if (response.destroyed || response.headersSent) return
  const { status, headers, body } = encodeError(error, encoding)
  // What is left of an unread body would have to be read before the connection could serve another request.
  response.writeHead(status, request.complete ? headers : { ...headers, connection: 'close' })
  response.end(body)
}
