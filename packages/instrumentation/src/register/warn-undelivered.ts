import { readString } from '../environment-values.ts'
import { readOtlpProtocol } from './otlp-protocol.ts'

let warned = false

/** Writes one line, once in a process. */
export function warnUndelivered(reason: string): void {
  if (warned) return
  warned = true
  const endpoint =
    readString('OTEL_EXPORTER_OTLP_TRACES_ENDPOINT') ??
    readString('OTEL_EXPORTER_OTLP_ENDPOINT') ??
    `http://localhost:${readOtlpProtocol('TRACES') === 'grpc' ? 4317 : 4318}`
  process.stderr.write(
    `@spanmeter/instrumentation: spans could not be delivered to ${endpoint} (${reason}). ` +
      'The app is not affected. Is the processor running? OTEL_EXPORTER_OTLP_ENDPOINT says where it is expected.\n',
  )
}
