import { createNoopMeter } from '@opentelemetry/api'
import {
  createOtlpNetworkExportDelegate,
  ExporterMetrics,
  type IOtlpExportDelegate,
} from '@opentelemetry/otlp-exporter-base'
import type { IExporterMetricsHelper, ISerializer } from '@opentelemetry/otlp-transformer'
import { OtlpHttpTransport, type OtlpSignal } from './otlp-http-transport.ts'
import type { OtlpProtocol } from './otlp-protocol.ts'

/** @returns what exports over {@link OtlpHttpTransport}. */
export function createOtlpHttpDelegate<Items, Response>(
  signal: OtlpSignal,
  protocol: OtlpProtocol,
  serializer: ISerializer<Items, Response>,
  metricsHelper: IExporterMetricsHelper<Items>,
): IOtlpExportDelegate<Items> {
  const transport = new OtlpHttpTransport(signal, protocol)
  const metrics = new ExporterMetrics({
    componentType: '',
    metricsHelper,
    url: transport.options.url,
    meterProvider: { getMeter: () => createNoopMeter() },
    responseAttributesFromError: () => ({}),
  })
  return createOtlpNetworkExportDelegate(transport.options, serializer, metrics, transport)
}
