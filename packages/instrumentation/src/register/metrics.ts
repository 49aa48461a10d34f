import { diag, metrics } from '@opentelemetry/api'
import {
  JsonMetricsSerializer,
  MetricsExporterMetricsHelper,
  ProtobufMetricsSerializer,
} from '@opentelemetry/otlp-transformer'
import type { Resource } from '@opentelemetry/resources'
import {
  AggregationTemporality,
  ConsoleMetricExporter,
  InstrumentType,
  MeterProvider,
  PeriodicExportingMetricReader,
  type PushMetricExporter,
} from '@opentelemetry/sdk-metrics'
import { readOneOf, readPositiveNumber } from '../environment-values.ts'
import { safely } from '../safely.ts'
import { collectMetrics } from './collect-metrics.ts'
import { readExporterNames } from './exporter-names.ts'
import { Otlp } from './otlp.ts'
import type { StartedSignal } from './started-signal.ts'

/** Sets up metrics as `OTEL_METRICS_EXPORTER` and `OTEL_EXPORTER_OTLP_*` say. */
export function startMetrics(resource: Resource): StartedSignal {
  const names = readExporterNames('OTEL_METRICS_EXPORTER')
  const otlp = new Otlp('METRICS', {
    json: JsonMetricsSerializer,
    protobuf: ProtobufMetricsSerializer,
    metricsHelper: MetricsExporterMetricsHelper,
  })
  const createOtlpExporter = (): PushMetricExporter =>
    Object.assign(otlp.createExporter(), { selectAggregationTemporality: readTemporality() })
  const readers = names.map((name) =>
    createReader(name === 'console' ? new ConsoleMetricExporter() : createOtlpExporter()),
  )
  const remote = readers.filter((_, index) => names[index] === 'otlp')
  const provider = readers.length === 0 ? undefined : new MeterProvider({ resource, readers })
  if (provider !== undefined) metrics.setGlobalMeterProvider(provider)
  const takeSerialized: StartedSignal['takeSerialized'] = () =>
    remote.flatMap((reader) => {
      const collected = collectMetrics(reader)
      return collected === undefined ? [] : otlp.serialize(collected)
    })
  return {
    takeSerialized: () => safely('metrics', takeSerialized) ?? [],
    yield() {
      remote.length = 0
      provider?.shutdown().catch((error: unknown) => diag.debug('metrics stopped', error))
    },
  }
}

function createReader(exporter: PushMetricExporter): PeriodicExportingMetricReader {
  const exportIntervalMillis = readPositiveNumber('OTEL_METRIC_EXPORT_INTERVAL') ?? 60_000
  const timeout = readPositiveNumber('OTEL_METRIC_EXPORT_TIMEOUT') ?? 30_000
  const exportTimeoutMillis = Math.min(timeout, exportIntervalMillis)
  return new PeriodicExportingMetricReader({ exporter, exportIntervalMillis, exportTimeoutMillis })
}

const { COUNTER, GAUGE, HISTOGRAM, OBSERVABLE_COUNTER, OBSERVABLE_GAUGE } = InstrumentType

/** The instruments that report only what is new, for each preference. */
const DELTA: Readonly<Record<'cumulative' | 'delta' | 'lowmemory', readonly InstrumentType[]>> = {
  cumulative: [],
  delta: [COUNTER, HISTOGRAM, GAUGE, OBSERVABLE_COUNTER, OBSERVABLE_GAUGE],
  lowmemory: [COUNTER, HISTOGRAM],
}

/** https://opentelemetry.io/docs/specs/otel/metrics/sdk_exporters/otlp/#additional-environment-variable-configuration */
function readTemporality(): (instrument: InstrumentType) => AggregationTemporality {
  const name = 'OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE'
  const delta = DELTA[readOneOf(name, ['cumulative', 'delta', 'lowmemory']) ?? 'cumulative']
  return (instrument) =>
    delta.includes(instrument) ? AggregationTemporality.DELTA : AggregationTemporality.CUMULATIVE
}
