import { type ExportResult, ExportResultCode } from '@opentelemetry/core'
import type { ExportRequest } from './delivery.ts'
import { createOtlpGrpcDelegate } from './otlp-grpc.ts'
import { OtlpHttpTransport } from './otlp-http-transport.ts'

/** Sends one request, once. Rejects where it isn't acknowledged. */
export async function sendOtlp(request: ExportRequest, timeoutMillis: number): Promise<void> {
  const { signal, protocol, body } = request
  if (protocol === 'grpc') return sendGrpc(request, timeoutMillis)
  const response = await new OtlpHttpTransport(signal, protocol).sendOnce(body, timeoutMillis)
  if (response.status !== 'success') throw response.error ?? new Error('refused')
}

/** For bytes that are serialised already, as the exporter asks for a serialiser. */
const PASS_THROUGH = { serializeRequest: (body: Uint8Array) => body, deserializeResponse: () => ({}) }
const ONE_REQUEST = { name: 'span', countItems: () => 1 } as const

function sendGrpc({ signal, body }: ExportRequest, timeoutMillis: number): Promise<void> {
  const delegate = createOtlpGrpcDelegate(signal, PASS_THROUGH, ONE_REQUEST, timeoutMillis)
  return new Promise((resolve, reject) => {
    delegate.export(body, ({ code, error }: ExportResult) => {
      if (code === ExportResultCode.SUCCESS) resolve()
      else reject(error ?? new Error('refused'))
    })
  })
}
