import { bySignal, SIGNALS } from '../signals.ts'
import type { Signal } from '../types.ts'

type Paths = Readonly<Record<Signal, string>>

/** https://opentelemetry.io/docs/specs/otlp/#otlphttp-request */
export const HTTP_PATHS: Paths = bySignal((signal) => `/v1/${signal}`)

export const GRPC_PATHS: Paths = {
  traces: '/opentelemetry.proto.collector.trace.v1.TraceService/Export',
  metrics: '/opentelemetry.proto.collector.metrics.v1.MetricsService/Export',
  logs: '/opentelemetry.proto.collector.logs.v1.LogsService/Export',
}

/** The signal of each path. */
export function signalsByPath(paths: Paths): ReadonlyMap<string, Signal> {
  return new Map(SIGNALS.map((signal) => [paths[signal], signal]))
}
