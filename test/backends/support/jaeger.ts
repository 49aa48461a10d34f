import { join } from 'node:path'
import { freePorts } from '../../support/free-ports.ts'
import { configDirectory } from './collector.ts'
import { answers, programPath, type Running, start } from './programs.ts'

export interface JaegerSpan {
  traceID: string
  spanID: string
  operationName: string
  references: { refType: string; spanID: string }[]
  tags: { key: string; type: string; value: unknown }[]
}

export interface JaegerUnderTest extends Running {
  /** OTLP/gRPC, `host:port`. */
  grpc: string
  /** Spans of the service whose trace has a span with all these tags. */
  findSpans(service: string, tags: Record<string, string>): Promise<JaegerSpan[]>
  /** The API's own words on the traces of a service. */
  searchText(service: string): Promise<string>
}

/** A real Jaeger with our configuration. */
export async function startJaeger(): Promise<JaegerUnderTest> {
  const [grpc, http, query, queryGrpc, health, metrics] = (await freePorts(6)).map(String)
  const running = await start(
    programPath('jaeger'),
    ['--config', join(configDirectory, 'jaeger/jaeger.yaml')],
    () => answers(`http://127.0.0.1:${health}/status`),
    {
      JAEGER_OTLP_GRPC_PORT: grpc,
      JAEGER_OTLP_HTTP_PORT: http,
      JAEGER_QUERY_PORT: query,
      JAEGER_QUERY_GRPC_PORT: queryGrpc,
      JAEGER_HEALTH_PORT: health,
      JAEGER_METRICS_PORT: metrics,
    },
  )
  const search = async (service: string, tags: Record<string, string>): Promise<string> => {
    const parameters = new URLSearchParams({
      service,
      tags: JSON.stringify(tags),
      limit: '1000',
      lookback: '1h',
    })
    return (await fetch(`http://127.0.0.1:${query}/api/traces?${parameters}`)).text()
  }
  return {
    ...running,
    grpc: `127.0.0.1:${grpc}`,
    async findSpans(service, tags) {
      const { data } = JSON.parse(await search(service, tags)) as { data: { spans: JaegerSpan[] }[] | null }
      return (data ?? []).flatMap(({ spans }) => spans)
    },
    searchText: (service) => search(service, {}),
  }
}

/** Tags as a record, without what Jaeger itself adds. */
export function tagsOf(span: JaegerSpan): Record<string, unknown> {
  return Object.fromEntries(span.tags.map(({ key, value }) => [key, value]))
}
