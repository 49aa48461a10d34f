import { createServer, type IncomingHttpHeaders } from 'node:http'
import { listen } from './listen.ts'

export interface SunkSpan {
  readonly name: string
  readonly kind: number
  readonly attributes: Record<string, unknown>
  readonly resource: Record<string, unknown>
}

export interface TraceSink {
  readonly url: string
  readonly spans: SunkSpan[]
  /** Every metric and the number of measurements in it, as last told. */
  readonly metrics: Map<string, number>
  /** The names of the events that came as log records. */
  readonly events: string[]
  readonly headers: IncomingHttpHeaders[]
  forget(): void
  close(): void
}

interface KeyValue {
  key: string
  value: Record<string, unknown>
}

const PATHS: readonly unknown[] = ['/v1/traces', '/v1/metrics', '/v1/logs']

/** Receives OTLP/JSON traces, metrics and logs. @param answers False: takes the request, and never answers. */
export async function startTraceSink(answers = true): Promise<TraceSink> {
  const spans: SunkSpan[] = []
  const metrics = new Map<string, number>()
  const events: string[] = []
  const headers: IncomingHttpHeaders[] = []
  const server = createServer((request, response) => {
    const chunks: Uint8Array[] = []
    request.on('data', (chunk: Uint8Array) => chunks.push(chunk))
    request.on('end', () => {
      headers.push(request.headers)
      const text = Buffer.concat(chunks).toString()
      // Protobuf is received, but not read.
      if (request.headers['content-type'] === 'application/json') {
        if (request.url === '/v1/traces') spans.push(...readSpans(text))
        if (request.url === '/v1/metrics')
          for (const { name, count } of readMetrics(text)) metrics.set(name, count)
        if (request.url === '/v1/logs') events.push(...readEvents(text))
      }
      if (!PATHS.includes(request.url)) response.statusCode = 404
      if (answers) response.setHeader('content-type', 'application/json').end('{}')
    })
  })
  return {
    url: await listen(server),
    spans,
    metrics,
    events,
    headers,
    forget() {
      spans.splice(0)
      metrics.clear()
      events.splice(0)
      headers.splice(0)
    },
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}

function readSpans(text: string): SunkSpan[] {
  const { resourceSpans } = JSON.parse(text) as {
    resourceSpans: {
      resource: { attributes: KeyValue[] }
      scopeSpans: { spans: { name: string; kind: number; attributes: KeyValue[] }[] }[]
    }[]
  }
  return resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap((scope) =>
      scope.spans.map(({ name, kind, attributes }) => ({
        name,
        kind,
        attributes: toRecord(attributes),
        resource: toRecord(resource.attributes),
      })),
    ),
  )
}

interface SunkMetric {
  readonly name: string
  /** How many measurements are in it. */
  readonly count: number
  /** OTLP's `AggregationTemporality`. */
  readonly temporality: number | undefined
}

interface Aggregation {
  readonly aggregationTemporality: number
  readonly dataPoints: { count?: string | number }[]
}

export function readMetrics(text: string): SunkMetric[] {
  const { resourceMetrics } = JSON.parse(text) as {
    resourceMetrics: {
      scopeMetrics: { metrics: { name: string; histogram?: Aggregation; sum?: Aggregation }[] }[]
    }[]
  }
  const found = resourceMetrics.flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((scope) => scope.metrics))
  return found.map(({ name, histogram, sum }) => ({
    name,
    count: (histogram?.dataPoints ?? []).reduce((total, { count }) => total + Number(count), 0),
    temporality: (histogram ?? sum)?.aggregationTemporality,
  }))
}

function readEvents(text: string): string[] {
  const { resourceLogs } = JSON.parse(text) as {
    resourceLogs: { scopeLogs: { logRecords: { eventName: string }[] }[] }[]
  }
  return resourceLogs.flatMap(({ scopeLogs }) =>
    scopeLogs.flatMap(({ logRecords }) => logRecords.map(({ eventName }) => eventName)),
  )
}

function toRecord(attributes: readonly KeyValue[]): Record<string, unknown> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]))
}
