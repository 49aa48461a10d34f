import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

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

/** Receives OTLP/JSON traces and metrics. @param answers False: takes the request, and never answers. */
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
      if (request.url === '/v1/traces') spans.push(...readSpans(Buffer.concat(chunks).toString()))
      if (request.url === '/v1/metrics') readMetrics(Buffer.concat(chunks).toString(), metrics)
      if (request.url === '/v1/logs') events.push(...readEvents(Buffer.concat(chunks).toString()))
      if (answers) response.setHeader('content-type', 'application/json').end('{}')
    })
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
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

function readMetrics(text: string, metrics: Map<string, number>): void {
  const { resourceMetrics } = JSON.parse(text) as {
    resourceMetrics: {
      scopeMetrics: {
        metrics: { name: string; histogram?: { dataPoints: { count: string | number }[] } }[]
      }[]
    }[]
  }
  for (const { scopeMetrics } of resourceMetrics) {
    for (const scope of scopeMetrics) {
      for (const { name, histogram } of scope.metrics) {
        const counts = histogram?.dataPoints.map(({ count }) => Number(count)) ?? []
        metrics.set(
          name,
          counts.reduce((total, count) => total + count, 0),
        )
      }
    }
  }
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
