import type { OtlpSignal } from './otlp-http-transport.ts'
import type { OtlpProtocol } from './otlp-protocol.ts'

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
  /** One of {@link OUTCOME}, in shared memory. */
  readonly outcome: Int32Array
}

/** Of the spans: not every backend takes the rest, and an app that ends isn't the place to say so. */
export const OUTCOME = { pending: 0, delivered: 1, failed: 2 } as const
