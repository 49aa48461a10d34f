import type { MessagePort } from 'node:worker_threads'
import type { OtlpProtocol, OtlpSignal } from './otlp-protocol.ts'

/** One serialised export request. */
export interface ExportRequest {
  readonly signal: OtlpSignal
  readonly protocol: OtlpProtocol
  /** An OTLP `ExportTraceServiceRequest`, or that of metrics or logs. */
  readonly body: Uint8Array
}

/** Set in the environment of the exit worker, which isn't to be metered. */
export const EXIT_WORKER = 'SPANMETER_EXIT_WORKER'

/** What the exit worker is given. */
export interface Delivery {
  readonly requests: readonly ExportRequest[]
  readonly timeoutMillis: number
  /** In shared memory: 0 until all requests have been settled. */
  readonly settled: Int32Array
  /**
   * Receives the reason if spans were not delivered, before `settled` is set. Only for spans: not every backend takes metrics
   * and logs.
   */
  readonly problem: MessagePort
}
