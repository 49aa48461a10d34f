import { createRequire } from 'node:module'
import { type ExportResult, ExportResultCode } from '@opentelemetry/core'
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
  METRICS: {
    name: 'MetricsExportService',
    path: '/opentelemetry.proto.collector.metrics.v1.MetricsService/Export',
  },
}

function sendGrpc(signal: OtlpSignal, body: Uint8Array, timeoutMillis: number): Promise<void> {
  const require = createRequire(import.meta.url)
  const { createOtlpGrpcExportDelegate, convertLegacyOtlpGrpcOptions } =
    require('@opentelemetry/otlp-grpc-exporter-base') as typeof import('@opentelemetry/otlp-grpc-exporter-base')
  const delegate = createOtlpGrpcExportDelegate(
    convertLegacyOtlpGrpcOptions({ timeoutMillis }, signal),
    PASS_THROUGH,
    'otlp_grpc_span_exporter',
    ONE_REQUEST,
    undefined,
    SERVICES[signal].name,
    SERVICES[signal].path,
  )
  return new Promise((resolve, reject) => {
    delegate.export(body, ({ code, error }: ExportResult) => {
      if (code === ExportResultCode.SUCCESS) resolve()
      else reject(error ?? new Error('refused'))
    })
  })
}
