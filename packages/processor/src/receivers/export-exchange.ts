import { encodeExportResponse } from '../protocol/export-response.ts'
import { internalError, OtlpError } from '../protocol/otlp-error.ts'
import { HTTP_PATHS, signalsByPath } from '../protocol/signal-paths.ts'
import type { OtlpEncoding, RequestContext, Signal } from '../types.ts'
import type { BodyLimits, PooledBytes } from './body-collector.ts'
import { inflate } from './decompress.ts'
import type { ReceiverOptions } from './types.ts'

const SIGNALS_BY_PATH = signalsByPath(HTTP_PATHS)

/** What the head of an OTLP/HTTP export request says, once all of it is right. */
export interface ExportHead {
  readonly path: string
  readonly signal: Signal
  readonly encoding: OtlpEncoding
  /** Of the `Content-Encoding` header. */
  readonly contentEncoding: string | undefined
  readonly context: RequestContext
}

/** What is asked for at a path; `undefined` for one that isn't of OTLP. */
export function signalAt(path: string): Signal | undefined {
  return SIGNALS_BY_PATH.get(path)
}

/** From a request's whole body to the body of a success. Takes the memory over. @throws OtlpError */
export async function exportBody(
  { signal, encoding, contentEncoding, context }: ExportHead,
  received: PooledBytes,
  { limits, consume, telemetry }: ReceiverOptions,
): Promise<Buffer> {
  const { bytes: body, memory, release } = await decompressed(received, contentEncoding, limits)
  const partial = await consume({ signal, encoding, transport: 'http', body, memory, context, release })
  telemetry.requests.add(1, 'http', signal, '200')
  return encodeExportResponse(encoding, signal, partial)
}

/** Counts and logs what made a request fail. */
export function exportFailure(
  thrown: unknown,
  { path, peer }: { readonly path: string; readonly peer: string | undefined },
  { telemetry, log }: ReceiverOptions,
): OtlpError {
  const error = thrown instanceof OtlpError ? thrown : internalError(thrown)
  telemetry.requests.add(1, 'http', signalAt(path) ?? '', String(error.details.httpStatus))
  log.warn(`http ${error.details.httpStatus}`, { err: error.cause ?? error, path, peer }, error.message)
  return error
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
