import { createRequire } from 'node:module'
import { type ExportResult, ExportResultCode } from '@opentelemetry/core'
import { OtlpHttpTransport } from './otlp-http-transport.ts'
import type { OtlpProtocol } from './otlp-protocol.ts'

/** Sends one serialised `ExportTraceServiceRequest`, once. Rejects where it isn't acknowledged. */
export async function sendTraces(
  protocol: OtlpProtocol,
  body: Uint8Array,
  timeoutMillis: number,
): Promise<void> {
  if (protocol === 'grpc') return sendGrpc(body, timeoutMillis)
  const response = await new OtlpHttpTransport('TRACES', protocol).sendOnce(body, timeoutMillis)
  if (response.status !== 'success') throw response.error ?? new Error('refused')
}

/** Bytes that are a message already, for an exporter that would make one. */
const PASS_THROUGH = { serializeRequest: (body: Uint8Array) => body, deserializeResponse: () => ({}) }
const ONE_REQUEST = { name: 'span', countItems: () => 1 } as const

function sendGrpc(body: Uint8Array, timeoutMillis: number): Promise<void> {
  const require = createRequire(import.meta.url)
  const { createOtlpGrpcExportDelegate, convertLegacyOtlpGrpcOptions } =
    require('@opentelemetry/otlp-grpc-exporter-base') as typeof import('@opentelemetry/otlp-grpc-exporter-base')
  const delegate = createOtlpGrpcExportDelegate(
    convertLegacyOtlpGrpcOptions({ timeoutMillis }, 'TRACES'),
    PASS_THROUGH,
    'otlp_grpc_span_exporter',
    ONE_REQUEST,
    undefined,
    'TraceExportService',
    '/opentelemetry.proto.collector.trace.v1.TraceService/Export',
  )
  return new Promise((resolve, reject) => {
    delegate.export(body, ({ code, error }: ExportResult) => {
      if (code === ExportResultCode.SUCCESS) resolve()
      else reject(error ?? new Error('refused'))
    })
  })
}
