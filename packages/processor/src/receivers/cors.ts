import type { IncomingMessage, ServerResponse } from 'node:http'
import type { CorsConfig } from '../config/types.ts'
import { matchesGlob } from '../glob.ts'
import { GrpcCode, OtlpError } from '../protocol/otlp-error.ts'

/** Request headers that OTLP over HTTP itself needs; the configuration may allow others. */
const OTLP_HEADERS = ['content-type', 'content-encoding', 'x-requested-with']
const DEFAULT_MAX_AGE_SECONDS = 3_600

/**
 * Lets web pages of the configured origins send telemetry. Returns true if the request was a preflight, which is then
 * answered.
 *
 * @throws OtlpError 403 for a preflight of another origin.
 */
export type HandleCors = (request: IncomingMessage, response: ServerResponse) => boolean

/** @see https://fetch.spec.whatwg.org/#http-cors-protocol */
export function createHandleCors(config: CorsConfig | undefined): HandleCors {
  if (config === undefined) return () => false
  const patterns = config.allowedOrigins.map((pattern) => pattern.toLowerCase())
  const anyone = config.allowedOrigins.includes('*')
  const names = [...OTLP_HEADERS, ...config.allowedHeaders.map((name) => name.toLowerCase())]
  return (request, response) => {
    const { origin } = request.headers
    response.setHeader('vary', 'origin')
    const isPreflight =
      request.method === 'OPTIONS' && request.headers['access-control-request-method'] !== undefined
    if (origin === undefined) return false
    if (!patterns.some((pattern) => matchesGlob(pattern, origin.toLowerCase()))) {
      if (isPreflight) throw originNotAllowed(origin)
      return false
    }
    // Credentials, which `sendBeacon` always sends, are allowed for origins that were chosen, but never for every page.
    response.setHeader('access-control-allow-origin', anyone ? '*' : origin)
    if (!anyone) response.setHeader('access-control-allow-credentials', 'true')
    response.setHeader('access-control-expose-headers', 'retry-after')
    if (!isPreflight) return false
    const asked = request.headers['access-control-request-headers'] ?? ''
    response.writeHead(204, {
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': names.includes('*') ? asked : names.join(', '),
      'access-control-max-age': String(config.maxAge ?? DEFAULT_MAX_AGE_SECONDS),
    })
    response.end()
    return true
  }
}

function originNotAllowed(origin: string): OtlpError {
  return new OtlpError(`origin ${origin} is not among the receiver's cors.allowed_origins`, {
    grpcCode: GrpcCode.permissionDenied,
    httpStatus: 403,
  })
}
