import { CONTENT_TYPES } from '../protocol/content-types.ts'
import { encodeExportResponse } from '../protocol/export-response.ts'
import { internalError, OtlpError } from '../protocol/otlp-error.ts'
import { HTTP_PATHS, signalsByPath } from '../protocol/signal-paths.ts'
import type { OtlpEncoding, RequestContext, Signal } from '../types.ts'
import type { BodyLimits, PooledBytes } from './body-collector.ts'
import { inflate } from './decompress.ts'
import { errorResponse } from './error-response.ts'
import type { RawResponse } from './raw-response.ts'
import type { ReceiverOptions } from './types.ts'

const SIGNALS_BY_PATH = signalsByPath(HTTP_PATHS)

/** What the head of an OTLP/HTTP export request says, once all of it has been found valid. */
export interface ExportHead {
  readonly path: string
  readonly signal: Signal
  readonly encoding: OtlpEncoding
  /** Value of the `Content-Encoding` header. */
  readonly contentEncoding: string | undefined
  readonly context: RequestContext
}

/** Where a request that failed came from and went to, as far as is known. */
interface FailedRequest {
  readonly path: string
  readonly encoding: OtlpEncoding
  readonly peer: string | undefined
}

/** The signal that is exported to a path; `undefined` for a path that isn't OTLP's. */
export function signalAt(path: string): Signal | undefined {
  return SIGNALS_BY_PATH.get(path)
}

/** Consumes a request's whole body, whose memory it takes over, and answers its success. @throws OtlpError */
export async function exportResponse(
  { signal, encoding, contentEncoding, context }: ExportHead,
  received: PooledBytes,
  { limits, consume, telemetry }: ReceiverOptions,
): Promise<RawResponse> {
  const { bytes: body, memory, release } = await decompressed(received, contentEncoding, limits)
  const partial = await consume({ signal, encoding, transport: 'http', body, memory, context, release })
  telemetry.requests.add(1, 'http', signal, '200')
  const answer = encodeExportResponse(encoding, signal, partial)
  return {
    status: 200,
    headers: { 'content-type': CONTENT_TYPES[encoding], 'content-length': String(answer.byteLength) },
    body: answer,
  }
}

/** Counts and logs a request that failed, and answers it. */
export function failureResponse(
  thrown: unknown,
  { path, encoding, peer }: FailedRequest,
  { telemetry, log }: ReceiverOptions,
): RawResponse {
  const error = thrown instanceof OtlpError ? thrown : internalError(thrown)
  telemetry.requests.add(1, 'http', signalAt(path) ?? '', String(error.details.httpStatus))
  log.warn(`http ${error.details.httpStatus}`, { err: error.cause ?? error, path, peer }, error.message)
  return errorResponse(error, encoding)
}

async function decompressed(
  body: PooledBytes,
  contentEncoding: string | undefined,
  limits: BodyLimits,
): Promise<PooledBytes> {
  const encoding = contentEncoding?.trim().toLowerCase() ?? ''
  if (encoding === '' || encoding === 'identity' || body.bytes.byteLength === 0) return body
  try {
    return await inflate(body.bytes, encoding, limits)
  } finally {
    body.release()
  }
}
