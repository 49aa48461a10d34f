/** gRPC status codes, which OTLP uses on both transports. */
export const GrpcCode = {
  ok: 0,
  cancelled: 1,
  unknown: 2,
  invalidArgument: 3,
  deadlineExceeded: 4,
  notFound: 5,
  permissionDenied: 7,
  resourceExhausted: 8,
  aborted: 10,
  outOfRange: 11,
  unimplemented: 12,
  internal: 13,
  unavailable: 14,
  dataLoss: 15,
  unauthenticated: 16,
} as const

export interface OtlpErrorDetails {
  readonly grpcCode: number
  readonly httpStatus: number
  /** After how long the client is asked to retry. Only retryable errors have it. */
  readonly retryAfterSeconds?: number
  /** What was wrong with the request, for `google.rpc.BadRequest`. */
  readonly badRequest?: string
  readonly headers?: Readonly<Record<string, string>>
}

/**
 * An answer other than success, the same for both transports.
 *
 * @see https://opentelemetry.io/docs/specs/otlp/#failures
 */
export class OtlpError extends Error {
  override readonly name = 'OtlpError'
  readonly details: OtlpErrorDetails

  constructor(message: string, details: OtlpErrorDetails, cause?: unknown) {
    super(message, { cause })
    this.details = details
  }

  get retryable(): boolean {
    return this.details.retryAfterSeconds !== undefined
  }
}

/** Short, as OpenTelemetry JS gives up if it is told to wait longer than what is left of its 10 s. */
const RETRY_AFTER_SECONDS = 2

export function invalidData(message: string, cause?: unknown): OtlpError {
  return new OtlpError(
    message,
    { grpcCode: GrpcCode.invalidArgument, httpStatus: 400, badRequest: message },
    cause,
  )
}

export function bodyTooLarge(limitBytes: number): OtlpError {
  return new OtlpError(
    `request body is larger than ${limitBytes} bytes after decompression; send smaller batches, or raise max_request_body_size and, as a body may take a quarter of it, limits.memory`,
    { grpcCode: GrpcCode.resourceExhausted, httpStatus: 413, headers: { connection: 'close' } },
  )
}

/** The same for a request that was read to its end, so that the connection can stay open. */
export function tooLarge(message: string, cause: unknown): OtlpError {
  return new OtlpError(message, { grpcCode: GrpcCode.resourceExhausted, httpStatus: 413 }, cause)
}

/**
 * The queue, memory or another limit is full for now. Not 429, which the specification allows as well: until the middle of 2026,
 * Python's exporters dropped what got that answer. https://github.com/open-telemetry/opentelemetry-python/issues/3122
 */
export function overloaded(message: string, cause?: unknown): OtlpError {
  return new OtlpError(
    message,
    { grpcCode: GrpcCode.resourceExhausted, httpStatus: 503, retryAfterSeconds: RETRY_AFTER_SECONDS },
    cause,
  )
}

/** The disk or a destination fails for now, or the processor is shutting down. */
export function unavailable(
  message: string,
  cause?: unknown,
  retryAfterSeconds: number = RETRY_AFTER_SECONDS,
): OtlpError {
  return new OtlpError(message, { grpcCode: GrpcCode.unavailable, httpStatus: 503, retryAfterSeconds }, cause)
}

export function unauthenticated(): OtlpError {
  return new OtlpError('credentials are missing or wrong', {
    grpcCode: GrpcCode.unauthenticated,
    httpStatus: 401,
    headers: { 'www-authenticate': 'Bearer realm="spanmeter", Basic realm="spanmeter", charset="UTF-8"' },
  })
}

export function internalError(cause: unknown): OtlpError {
  return new OtlpError('internal error', { grpcCode: GrpcCode.internal, httpStatus: 500 }, cause)
}

export function requestTooSlow(): OtlpError {
  return new OtlpError('the request took too long to arrive', {
    grpcCode: GrpcCode.deadlineExceeded,
    httpStatus: 408,
  })
}
