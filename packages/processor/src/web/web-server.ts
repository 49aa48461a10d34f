import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { sendError } from '../api/reply.ts'
import type { SpendApi } from '../api/spend-api.ts'
import { listen } from '../network/listen.ts'
import type { OtlpError } from '../protocol/otlp-error.ts'
import type { Authenticate } from '../security/authentication.ts'
import { isLocalName } from '../security/local-names.ts'
import type { ReloadableTls } from '../security/tls.ts'
import type { RateLimitedLogger } from '../telemetry/logger.ts'
import { sendPageFile, sendText } from './static-files.ts'

export interface WebServerOptions {
  /** `host:port`. */
  readonly endpoint: string
  readonly authenticate: Authenticate
  /** Whether no credentials are required; then only requests that use a name of this machine are answered. */
  readonly isOpen: boolean
  readonly tls: ReloadableTls | undefined
  readonly maxConnections: number
  readonly api: SpendApi
  /** Prometheus' text format, or OpenMetrics where the scraper asks for it. */
  readonly metrics: (format: 'text' | 'openmetrics', scraper: string | undefined) => Promise<string>
  /** Why the processor is not ready; empty if it is. */
  readonly notReady: () => Promise<readonly string[]>
  readonly log: RateLimitedLogger
}

/** The page makes requests to nobody else, and can't be shown in a frame. */
const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; object-src 'none'; " +
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
}

/** The spend page, its API, `/metrics`, `/healthz` and `/readyz`. */
export async function startWebServer(
  options: WebServerOptions,
): Promise<{ address: string; close(): Promise<void> }> {
  const server = createHttpServer(options.tls, (request, response) => {
    void answer(request, response, options).catch((error: unknown) => {
      options.log.warn('web', { err: error, path: request.url }, 'could not answer')
      if (!response.headersSent) sendText(response, 500, 'internal error\n')
      else response.destroy()
    })
  })
  server.maxConnections = options.maxConnections
  const address = await listen(server, options.endpoint, options.tls === undefined ? 'http' : 'https')
  return {
    address,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function createHttpServer(
  tls: ReloadableTls | undefined,
  listener: (request: IncomingMessage, response: ServerResponse) => void,
): Server {
  const settings = { headersTimeout: 10_000, requestTimeout: 30_000, maxHeaderSize: 16 * 2 ** 10 }
  if (tls === undefined) return createServer(settings, listener)
  const server = createTlsServer({ ...settings, ...tls.options() }, listener)
  tls.onReload((secureContext) => server.setSecureContext(secureContext))
  return server
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  options: WebServerOptions,
): Promise<void> {
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value)
  const path = pathOf(request)
  if (path === undefined) return sendText(response, 400, 'not a valid path\n')
  if (path === '/healthz') return sendText(response, 200, 'ok\n')
  if (path === '/readyz') return sendReadiness(response, await options.notReady())

  if (options.isOpen && !isLocalName(request.headers.host, options.endpoint)) {
    return sendText(
      response,
      421,
      'without web.auth, only requests to localhost are answered; set web.auth to allow other names\n',
    )
  }
  try {
    options.authenticate(request.headers.authorization)
  } catch (error) {
    return sendUnauthorized(response, error as OtlpError)
  }
  if (path === '/metrics') return sendMetrics(request, response, options)
  if (await options.api(request, response)) return
  if (path.startsWith('/api/'))
    return sendError(response, 404, 'no_such_path', `no path ${path}: GET /api/v1/openapi.yaml has them`)
  if (request.method !== 'GET' && request.method !== 'HEAD') return sendText(response, 405, 'use GET\n')
  await sendPageFile(response, path)
}

/** The decoded path, without a slash at its end; `undefined` if it can't be decoded. */
function pathOf({ url = '/' }: IncomingMessage): string | undefined {
  try {
    const path = decodeURIComponent(new URL(url, 'http://localhost').pathname)
    return path.replace(/(?<=.)\/$/, '')
  } catch {
    return undefined
  }
}

function sendReadiness(response: ServerResponse, reasons: readonly string[]): void {
  if (reasons.length === 0) sendText(response, 200, 'ready\n')
  else sendText(response, 503, `not ready\n${reasons.map((reason) => `- ${reason}\n`).join('')}`)
}

function sendUnauthorized(response: ServerResponse, error: OtlpError): void {
  response.setHeader('www-authenticate', 'Basic realm="spanmeter", charset="UTF-8"')
  sendText(response, 401, `${error.message}\n`)
}

async function sendMetrics(
  request: IncomingMessage,
  response: ServerResponse,
  { metrics }: WebServerOptions,
): Promise<void> {
  const openmetrics = request.headers.accept?.includes('application/openmetrics-text') === true
  const scraper = scraperOf(request)
  const body = openmetrics
    ? `${await metrics('openmetrics', scraper)}# EOF\n`
    : await metrics('text', scraper)
  response.writeHead(200, {
    'content-type': openmetrics
      ? 'application/openmetrics-text; version=1.0.0; charset=utf-8'
      : 'text/plain; version=0.0.4; charset=utf-8',
  })
  response.end(body)
}

/** Identifies a scraper: Prometheus, and others like it, state their timeout; anyone else looks only once, by hand. */
function scraperOf({ socket, headers }: IncomingMessage): string | undefined {
  return headers['x-prometheus-scrape-timeout-seconds'] === undefined
    ? undefined
    : `${socket.remoteAddress} ${headers['user-agent']}`
}
