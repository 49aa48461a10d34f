import { CONTENT_TYPES } from '../protocol/content-types.ts'
import type { OtlpError } from '../protocol/otlp-error.ts'
import { encodeStatus } from '../protocol/rpc-status.ts'
import type { OtlpEncoding } from '../types.ts'
import type { RawResponse } from './raw-response.ts'

/** An error as HTTP: a Status in the request's encoding. */
export function errorResponse(error: OtlpError, encoding: OtlpEncoding): RawResponse {
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
