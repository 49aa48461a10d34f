import { createServer } from 'node:http'
import { listenLocally } from '../support/listen-locally.ts'

/** An OTLP/HTTP backend that keeps what it gets. */
export interface TraceSink {
  /** Points an app's exporter here. */
  readonly environment: Record<string, string>
  /** The export requests, as OTLP JSON. */
  readonly exports: unknown[]
  close(): Promise<void>
}

export async function openTraceSink(): Promise<TraceSink> {
  const exports: unknown[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      if (request.url === '/v1/traces') exports.push(JSON.parse(Buffer.concat(chunks).toString('utf8')))
      response.setHeader('content-type', 'application/json').end('{}')
    })
  })
  const port = await listenLocally(server)
  return {
    environment: {
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
      OTEL_TRACES_EXPORTER: 'otlp',
      OTEL_METRICS_EXPORTER: 'none',
      OTEL_LOGS_EXPORTER: 'none',
      OTEL_TRACES_SAMPLER: 'always_on',
    },
    exports,
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
