import { createRequire } from 'node:module'
import { type ExportResult, ExportResultCode } from '@opentelemetry/core'
import type { IOtlpExportDelegate } from '@opentelemetry/otlp-exporter-base'
import type { IExporterMetricsHelper, ISerializer } from '@opentelemetry/otlp-transformer'
import type { ExportRequest } from './delivery.ts'
import { OtlpHttpTransport, type OtlpSignal } from './otlp-http-transport.ts'

/** Sends one request, once. Rejects where it isn't acknowledged. */
export async function sendOtlp(
  { signal, protocol, body }: ExportRequest,
  timeoutMillis: number,
): Promise<void> {
  if (protocol === 'grpc') return sendGrpc(signal, body, timeoutMillis)
  const response = await new OtlpHttpTransport(signal, protocol).sendOnce(body, timeoutMillis)
  if (response.status !== 'success') throw response.error ?? new Error('refused')
}

/** Bytes that are a message already, for an exporter that would make one. */
const PASS_THROUGH = { serializeRequest: (body: Uint8Array) => body, deserializeResponse: () => ({}) }
const ONE_REQUEST = { name: 'span', countItems: () => 1 } as const

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

function sendGrpc(signal: OtlpSignal, body: Uint8Array, timeoutMillis: number): Promise<void> {
  const delegate = createOtlpGrpcDelegate(signal, PASS_THROUGH, ONE_REQUEST, timeoutMillis)
  return new Promise((resolve, reject) => {
    delegate.export(body, ({ code, error }: ExportResult) => {
      if (code === ExportResultCode.SUCCESS) resolve()
      else reject(error ?? new Error('refused'))
    })
  })
}

/** What exports over gRPC, which is only loaded by those who ask for it. */
export function createOtlpGrpcDelegate<Items, Response>(
  signal: OtlpSignal,
  serializer: ISerializer<Items, Response>,
  metricsHelper: IExporterMetricsHelper<Items>,
  timeoutMillis?: number,
): IOtlpExportDelegate<Items> {
  const require = createRequire(import.meta.url)
  const { createOtlpGrpcExportDelegate, convertLegacyOtlpGrpcOptions } =
    require('@opentelemetry/otlp-grpc-exporter-base') as typeof import('@opentelemetry/otlp-grpc-exporter-base')
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
