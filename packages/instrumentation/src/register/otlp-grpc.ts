import type { IOtlpExportDelegate } from '@opentelemetry/otlp-exporter-base'
import type { IExporterMetricsHelper, ISerializer } from '@opentelemetry/otlp-transformer'
import { loadPackage } from './load-package.ts'
import type { OtlpSignal } from './otlp-protocol.ts'

const SERVICES: Readonly<Record<OtlpSignal, { name: string; path: string }>> = {
  TRACES: {
    name: 'TraceExportService',
    path: '/opentelemetry.proto.collector.trace.v1.TraceService/Export',
  },
  LOGS: { name: 'LogsExportService', path: '/opentelemetry.proto.collector.logs.v1.LogsService/Export' },
  METRICS: {
    name: 'MetricsExportService',
    path: '/opentelemetry.proto.collector.metrics.v1.MetricsService/Export',
  },
}

/** What exports over gRPC. */
export function createOtlpGrpcDelegate<Items, Response>(
  signal: OtlpSignal,
  serializer: ISerializer<Items, Response>,
  metricsHelper: IExporterMetricsHelper<Items>,
  timeoutMillis?: number,
): IOtlpExportDelegate<Items> {
  const { createOtlpGrpcExportDelegate, convertLegacyOtlpGrpcOptions } =
    loadPackage<typeof import('@opentelemetry/otlp-grpc-exporter-base')>('#otlp-grpc-exporter-base')
  const { name, path } = SERVICES[signal]
  const delegate = createOtlpGrpcExportDelegate(
    convertLegacyOtlpGrpcOptions(timeoutMillis === undefined ? {} : { timeoutMillis }, signal),
    serializer,
    'otlp_grpc_exporter',
    metricsHelper,
    undefined,
    name,
    path,
  )
  // The gRPC package may bring its own copy of the interface's package.
  return delegate as unknown as IOtlpExportDelegate<Items>
}
