import { diag } from '@opentelemetry/api'
import { readString } from './environment-values.ts'
import type { OtlpSignal } from './otlp-http-transport.ts'

export type OtlpProtocol = 'grpc' | 'http/protobuf' | 'http/json'

/** As `OTEL_EXPORTER_OTLP_<SIGNAL>_PROTOCOL`, else `OTEL_EXPORTER_OTLP_PROTOCOL`, say; `http/protobuf` else. */
export function readOtlpProtocol(signal: OtlpSignal): OtlpProtocol {
  const value =
    readString(`OTEL_EXPORTER_OTLP_${signal}_PROTOCOL`) ?? readString('OTEL_EXPORTER_OTLP_PROTOCOL')
  if (value === 'grpc' || value === 'http/json' || value === 'http/protobuf') return value
  if (value !== undefined) {
    diag.warn(
      `OTEL_EXPORTER_OTLP_PROTOCOL=${value} is none of grpc, http/protobuf, http/json: using http/protobuf`,
    )
  }
  return 'http/protobuf'
}
