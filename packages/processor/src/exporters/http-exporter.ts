import { promisify } from 'node:util'
import { constants, gzip, zstdCompress } from 'node:zlib'
import type { ExporterConfig } from '../config/types.ts'
import { CONTENT_TYPES } from '../protocol/content-types.ts'
import { decodeExportResponse, type PartialSuccess } from '../protocol/export-response.ts'
import { HTTP_PATHS } from '../protocol/signal-paths.ts'
import type { QueueRecord } from '../queue/record.ts'
import { withCredentials } from '../security/url-credentials.ts'
import { bySignal } from '../signals.ts'
import type { Signal } from '../types.ts'
import { createHttpClient, type HttpClient, type WholeResponse } from './http-client.ts'
import {
  createOtlpDestination,
  encodingFor,
  MAX_RESPONSE_BYTES,
  RESPONSE_TOO_LARGE,
  uncompressed,
} from './otlp-destination.ts'
import { parseRetryAfter } from './retry-policy.ts'
import type { DeliveryResult, Destination } from './types.ts'

/** The only statuses that OTLP allows to be retried. @see https://opentelemetry.io/docs/specs/otlp/#retryable-response-codes */
const RETRYABLE = new Set([429, 502, 503, 504])
const ACCEPTED: DeliveryResult = { kind: 'accepted' }
/** A warning for HTTP 200 with a web page, such as a log-in or a gateway's page: what was sent there is lost. */
const PAGE: PartialSuccess = {
  rejectedItems: 0,
  errorMessage: 'the answer is a web page (text/html), which no OTLP backend sends: is the endpoint right?',
}

const gzipAsync = promisify(gzip)
const zstdAsync = promisify(zstdCompress)

/** Where the records of a signal go. */
interface Route {
  readonly client: HttpClient
  readonly path: string
}

/** Sends records to an OTLP/HTTP endpoint over persistent connections. */
export function createHttpExporter(config: ExporterConfig): Destination {
  const clients = new Map<string, HttpClient>()
  const routeOf = (signal: Signal): Route => {
    const url = signalUrl(config, signal)
    const { origin, username, password, pathname, search } = url
    const key = `${username}:${password}@${origin}`
    const headers = requestHeaders({ ...config, headers: withCredentials(url, config.headers) })
    const client =
      clients.get(key) ?? createHttpClient({ ...config, origin, headers, maxBytes: MAX_RESPONSE_BYTES })
    clients.set(key, client)
    return { client, path: pathname + search }
  }
  const routes = bySignal(routeOf)
  return createOtlpDestination(config, {
    async send(record, signal) {
      const { payload } = record
      const { client, path } = routes[record.signal]
      const body = config.compression === 'none' ? payload : await compress(payload, config.compression)
      return readResult(await client.post(path, body, signal), record)
    },
    async close() {
      await Promise.all([...clients.values()].map((client) => client.close()))
    },
  })
}

function signalUrl({ endpoint, signalEndpoints }: ExporterConfig, signal: Signal): URL {
  const whole = signalEndpoints[signal]
  return new URL(whole ?? endpoint.replace(/\/+$/, '') + HTTP_PATHS[signal])
}

function requestHeaders({ protocol, compression, headers }: ExporterConfig): Record<string, string> {
  return {
    'user-agent': 'spanmeter',
    ...headers,
    'content-type': CONTENT_TYPES[encodingFor({ protocol })],
    ...(compression === 'none' ? {} : { 'content-encoding': compression }),
  }
}

function compress(
  payload: Uint8Array,
  compression: Exclude<ExporterConfig['compression'], 'none'>,
): Promise<Uint8Array> {
  // Level 1: higher levels take ten times as long as enriching the batch, to save a few per cent in size.
  return compression === 'gzip' ? gzipAsync(payload, { level: constants.Z_BEST_SPEED }) : zstdAsync(payload)
}

function readResult(response: WholeResponse, record: QueueRecord): DeliveryResult {
  const { statusCode, headers } = response
  const body = response.body && uncompressed(response.body, headers['content-encoding'])
  if (statusCode >= 200 && statusCode < 300) {
    if (body === undefined) return RESPONSE_TOO_LARGE
    const isJson = String(headers['content-type']).includes('json')
    const partial = isPage(headers)
      ? PAGE
      : decodeExportResponse(body, isJson ? 'json' : 'protobuf', record.signal)
    return partial === undefined ? ACCEPTED : { kind: 'accepted', partial }
  }
  const status = String(statusCode)
  const message = `HTTP ${status}: ${describeRefusal(response, body)}`
  if (statusCode === 413) return { kind: 'too_large', message, status }
  if (statusCode === 404 || statusCode === 405) return { kind: 'unsupported', message, status }
  if (!RETRYABLE.has(statusCode)) return { kind: 'permanent', message, status }
  const afterMs = parseRetryAfter(headers['retry-after']?.toString())
  return { kind: 'retryable', message, status, ...(afterMs === undefined ? {} : { afterMs }) }
}

function isPage(headers: WholeResponse['headers']): boolean {
  return String(headers['content-type']).startsWith('text/html')
}

function describeRefusal({ statusCode, headers }: WholeResponse, body: Buffer | undefined): string {
  const { location } = headers
  if (statusCode >= 300 && statusCode < 400 && location !== undefined) {
    return `redirected to ${location.split('?', 1)[0]?.slice(0, 200)}; set the endpoint to where it leads`
  }
  const words = isPage(headers) ? pageTitle(body) : describeBody(body)
  return statusCode === 404 || statusCode === 405
    ? `no OTLP at this endpoint, or not of this signal: ${words}`
    : words
}

function pageTitle(body: Buffer | undefined): string {
  return /<title[^>]*>([^<]*)</i.exec(describeBody(body))?.[1]?.trim() || 'a web page'
}

/** What a backend says about an error, shortened, as it may be a whole HTML page, or protobuf. */
function describeBody(body: Buffer | undefined): string {
  const text = (body ?? Buffer.alloc(0)).toString('utf8', 0, 300)
  return [...text].filter((character) => character >= ' ' && character !== '\uFFFD').join('')
}
