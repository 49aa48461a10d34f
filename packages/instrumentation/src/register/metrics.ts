import { createRequire } from 'node:module'
import { diag, metrics } from '@opentelemetry/api'
import { OTLPExporterBase } from '@opentelemetry/otlp-exporter-base'
import {
  JsonMetricsSerializer,
  MetricsExporterMetricsHelper,
  ProtobufMetricsSerializer,
} from '@opentelemetry/otlp-transformer'
import type { Resource } from '@opentelemetry/resources'
import {
  AggregationTemporality,
  ConsoleMetricExporter,
  type IMetricReader,
  MeterProvider,
  PeriodicExportingMetricReader,
  type PushMetricExporter,
} from '@opentelemetry/sdk-metrics'
import { safely } from '../safely.ts'
import { collectMetrics } from './collect-metrics.ts'
import type { ExportRequest } from './delivery.ts'
import { readList, readPositiveNumber, readString } from './environment-values.ts'
import { createOtlpHttpDelegate } from './otlp-exporter.ts'
import { readOtlpProtocol } from './otlp-protocol.ts'

export interface StartedMetrics {
  /** What was measured since the last export over the network; it is then somebody else's to deliver. */
  takeSerialized(): ExportRequest[]
  /** Nothing more is to be measured. */
  stop(): void
}

/** Sets up metrics as `OTEL_METRICS_EXPORTER` and `OTEL_EXPORTER_OTLP_*` say; OTLP over HTTP where they say nothing. */
export function startMetrics(resource: Resource): StartedMetrics {
  const names = readList('OTEL_METRICS_EXPORTER') ?? ['otlp']
  const readers: IMetricReader[] = []
  const remote: IMetricReader[] = []
  for (const name of names.includes('none') ? [] : names) {
    const exporter = createExporter(name)
    if (exporter === undefined) continue
    const reader = createReader(exporter)
    readers.push(reader)
    if (name === 'otlp') remote.push(reader)
  }
  const provider = readers.length === 0 ? undefined : new MeterProvider({ resource, readers })
  if (provider !== undefined) metrics.setGlobalMeterProvider(provider)
  return {
    takeSerialized: () => safely('metrics', () => remote.flatMap(serialize)) ?? [],
    stop() {
      remote.length = 0
      provider?.shutdown().catch((error: unknown) => diag.debug('metrics stopped', error))
    },
  }
}

function serialize(reader: IMetricReader): ExportRequest[] {
  const collected = collectMetrics(reader)
  const protocol = readOtlpProtocol('METRICS')
  const serializer = protocol === 'http/json' ? JsonMetricsSerializer : ProtobufMetricsSerializer
  const body = collected && serializer.serializeRequest(collected)
  return body === undefined ? [] : [{ signal: 'METRICS', protocol, body }]
}

function createExporter(name: string): PushMetricExporter | undefined {
  if (name === 'otlp') return createOtlpExporter()
  if (name === 'console') return new ConsoleMetricExporter()
  diag.warn(`OTEL_METRICS_EXPORTER=${name} is none of otlp, console, none: ignored`)
  return undefined
}

function createReader(exporter: PushMetricExporter): IMetricReader {
  const exportIntervalMillis = readPositiveNumber('OTEL_METRIC_EXPORT_INTERVAL') ?? 60_000
  const timeout = readPositiveNumber('OTEL_METRIC_EXPORT_TIMEOUT') ?? 30_000
  const exportTimeoutMillis = Math.min(timeout, exportIntervalMillis)
  return new PeriodicExportingMetricReader({ exporter, exportIntervalMillis, exportTimeoutMillis })
}

function createOtlpExporter(): PushMetricExporter {
  const protocol = readOtlpProtocol('METRICS')
  if (protocol === 'grpc') {
    // What few apps use isn't loaded by the others.
    const require = createRequire(import.meta.url)
    const grpc =
      require('@opentelemetry/exporter-metrics-otlp-grpc') as typeof import('@opentelemetry/exporter-metrics-otlp-grpc')
    return new grpc.OTLPMetricExporter()
  }
  const serializer = protocol === 'http/json' ? JsonMetricsSerializer : ProtobufMetricsSerializer
  const delegate = createOtlpHttpDelegate('METRICS', protocol, serializer, MetricsExporterMetricsHelper)
  const temporality = readTemporality()
  return Object.assign(new OTLPExporterBase(delegate), { selectAggregationTemporality: () => temporality })
}

/** https://opentelemetry.io/docs/specs/otel/metrics/sdk_exporters/otlp/ */
function readTemporality(): AggregationTemporality {
  const preference = readString('OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE')?.toLowerCase()
  return preference === 'delta' ? AggregationTemporality.DELTA : AggregationTemporality.CUMULATIVE
}
