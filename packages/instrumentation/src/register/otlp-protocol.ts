import { readOneOf } from '../environment-values.ts'

export type OtlpSignal = 'TRACES' | 'METRICS' | 'LOGS'

const PROTOCOLS = ['grpc', 'http/protobuf', 'http/json'] as const
export type OtlpProtocol = (typeof PROTOCOLS)[number]

/** As `OTEL_EXPORTER_OTLP_<SIGNAL>_PROTOCOL` says, else `OTEL_EXPORTER_OTLP_PROTOCOL`, else `http/protobuf`. */
export function readOtlpProtocol(signal: OtlpSignal): OtlpProtocol {
  return (
    readOneOf(`OTEL_EXPORTER_OTLP_${signal}_PROTOCOL`, PROTOCOLS) ??
    readOneOf('OTEL_EXPORTER_OTLP_PROTOCOL', PROTOCOLS) ??
    'http/protobuf'
  )
}
