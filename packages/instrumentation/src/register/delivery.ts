import type { MessagePort } from 'node:worker_threads'
import type { OtlpProtocol, OtlpSignal } from './otlp-protocol.ts'

/** One serialised export request. */
export interface ExportRequest {
  readonly signal: OtlpSignal
  readonly protocol: OtlpProtocol
  /** An OTLP `ExportTraceServiceRequest`, or that of metrics or logs. */
  readonly body: Uint8Array
}

/** Set in the environment of the exit worker, which is no app. */
export const EXIT_WORKER = 'SPANMETER_EXIT_WORKER'

/** What the exit worker is given. */
export interface Delivery {
  readonly requests: readonly ExportRequest[]
  readonly timeoutMillis: number
  /** In shared memory: 0 until all requests have been settled. */
  readonly settled: Int32Array
  /**
   * Takes why the spans were not delivered, before that. Of spans alone: not every backend takes the rest, and an app that
   * ends isn't the place to say so.
   */
  readonly problem: MessagePort
}
