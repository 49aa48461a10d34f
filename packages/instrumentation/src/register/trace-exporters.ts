import { createRequire } from 'node:module'
import { diag } from '@opentelemetry/api'
import { OTLPExporterBase } from '@opentelemetry/otlp-exporter-base'
import {
  JsonTraceSerializer,
  ProtobufTraceSerializer,
  TraceExporterMetricsHelper,
} from '@opentelemetry/otlp-transformer'
import { ConsoleSpanExporter, type SpanExporter } from '@opentelemetry/sdk-trace'
import { readList } from './environment-values.ts'
import { createOtlpHttpDelegate } from './otlp-exporter.ts'
import { readOtlpProtocol } from './otlp-protocol.ts'

/** Where spans go, and whether that is across the network. */
export interface TraceExporter {
  readonly exporter: SpanExporter
  readonly remote: boolean
}

/** As `OTEL_TRACES_EXPORTER` and `OTEL_EXPORTER_OTLP_*` say; OTLP over HTTP where they say nothing. */
export function createTraceExporters(): TraceExporter[] {
  const names = readList('OTEL_TRACES_EXPORTER') ?? ['otlp']
  if (names.includes('none')) return []
  const exporters: TraceExporter[] = []
  for (const name of names) {
    if (name === 'otlp') exporters.push({ exporter: createOtlpExporter(), remote: true })
    else if (name === 'console') exporters.push({ exporter: new ConsoleSpanExporter(), remote: false })
    else diag.warn(`OTEL_TRACES_EXPORTER=${name} is none of otlp, console, none: ignored`)
  }
  return exporters
}

function createOtlpExporter(): SpanExporter {
  const protocol = readOtlpProtocol('TRACES')
  if (protocol === 'grpc') {
    // What few apps use isn't loaded by the others.
    const require = createRequire(import.meta.url)
    const grpc =
      require('@opentelemetry/exporter-trace-otlp-grpc') as typeof import('@opentelemetry/exporter-trace-otlp-grpc')
    return new grpc.OTLPTraceExporter()
  }
  const serializer = protocol === 'http/json' ? JsonTraceSerializer : ProtobufTraceSerializer
  return new OTLPExporterBase(
    createOtlpHttpDelegate('TRACES', protocol, serializer, TraceExporterMetricsHelper),
  )
}
