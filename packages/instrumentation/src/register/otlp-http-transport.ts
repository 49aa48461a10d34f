import type { ExportResponse, IExporterTransport } from '@opentelemetry/otlp-exporter-base'
import { convertLegacyHttpOptions } from '@opentelemetry/otlp-exporter-base/node-http'
import type { OtlpProtocol, OtlpSignal } from './otlp-protocol.ts'

/** https://opentelemetry.io/docs/specs/otlp/#retryable-response-codes */
const RETRYABLE_STATUSES: ReadonlySet<number> = new Set([429, 502, 503, 504])
const MAX_ATTEMPTS = 6
const FIRST_BACKOFF_MS = 1_000
const MAX_BACKOFF_MS = 5_000

/**
 * Posts OTLP over HTTP as `OTEL_EXPORTER_OTLP_*` say. Unlike OpenTelemetry's own transport, it never keeps the process
 * alive: an app whose work is done ends at once, whatever the state of its telemetry.
 */
export class OtlpHttpTransport implements IExporterTransport {
  readonly #options: ReturnType<typeof convertLegacyHttpOptions>
  #agent: ReturnType<ReturnType<typeof convertLegacyHttpOptions>['agentFactory']> | undefined

  constructor(signal: OtlpSignal, protocol: OtlpProtocol) {
    const contentType = protocol === 'http/json' ? 'application/json' : 'application/x-protobuf'
    const path = `v1/${signal.toLowerCase()}`
    this.#options = convertLegacyHttpOptions({}, signal, path, { 'Content-Type': contentType })
  }

  get options(): {
    timeoutMillis: number
    concurrencyLimit: number
    compression: 'gzip' | 'none'
    url: string
  } {
    return this.#options
  }

  /** Sends, and tries again as long as the backend asks for it and there is time. */
  async send(data: Uint8Array, timeoutMillis: number): Promise<ExportResponse> {
    const deadline = Date.now() + timeoutMillis
    for (let attempt = 1; ; attempt++) {
      const response = await this.sendOnce(data, deadline - Date.now())
      if (response.status !== 'retryable' || attempt === MAX_ATTEMPTS) return response
      const wait = response.retryInMillis ?? backoff(attempt)
      if (Date.now() + wait > deadline) return response
      await sleep(wait)
    }
  }

  async sendOnce(data: Uint8Array, timeoutMillis: number): Promise<ExportResponse> {
    const { url, agentFactory, compression } = this.#options
    const secure = url.startsWith('https:')
    // One agent for all requests, as each has connections of its own.
    this.#agent ??= agentFactory(secure ? 'https:' : 'http:')
    const [agent, headers] = await Promise.all([this.#agent, this.#options.headers()])
    const gzip = compression === 'gzip'
    const body = gzip ? process.getBuiltinModule('node:zlib').gzipSync(data) : data
    const { request } = process.getBuiltinModule(secure ? 'node:https' : 'node:http')
    return new Promise((resolve) => {
      const sent = request(url, {
        method: 'POST',
        headers: { ...headers, 'Content-Length': body.length, ...(gzip && { 'Content-Encoding': 'gzip' }) },
        agent,
        timeout: timeoutMillis,
      })
      sent.on('socket', (socket) => socket.unref())
      // If the process was frozen meanwhile, the answer may be there, unread: Node reads it before it runs
      // `setImmediate`.
      sent.on('timeout', () =>
        setImmediate(() => sent.destroy(new Error(`no answer within ${timeoutMillis} ms`))),
      )
      sent.on('error', (error: NodeJS.ErrnoException) => {
        // The backend had closed a connection that was kept open: https://nodejs.org/api/http.html#requestreusedsocket
        const isStale = sent.reusedSocket && error.code === 'ECONNRESET'
        resolve(isStale ? this.sendOnce(data, timeoutMillis) : { status: 'retryable', error })
      })
      sent.on('response', (response) => {
        const { statusCode = 0 } = response
        const chunks: Uint8Array[] = []
        response.on('data', (chunk: Uint8Array) => chunks.push(chunk))
        response.on('error', (error) => resolve({ status: 'retryable', error }))
        response.on('end', () =>
          resolve(outcome(statusCode, response.headers['retry-after'], Buffer.concat(chunks))),
        )
      })
      sent.end(body)
    })
  }

  shutdown(): void {}
}

function outcome(status: number, retryAfter: string | undefined, data: Uint8Array): ExportResponse {
  if (status >= 200 && status < 300) return { status: 'success', data }
  const error = new Error(`HTTP status ${status}`)
  if (!RETRYABLE_STATUSES.has(status)) return { status: 'failure', error }
  const seconds = Number(retryAfter ?? Number.NaN)
  return Number.isNaN(seconds)
    ? { status: 'retryable', error }
    : { status: 'retryable', error, retryInMillis: seconds * 1000 }
}

/** Exponential, with 20 % of jitter either way. */
function backoff(attempt: number): number {
  return Math.min(FIRST_BACKOFF_MS * 1.5 ** (attempt - 1), MAX_BACKOFF_MS) * (0.8 + Math.random() * 0.4)
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds).unref()
  })
}
