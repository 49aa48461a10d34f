import type { OtlpProtocol } from './otlp-protocol.ts'

/** What the exit worker is given. */
export interface Delivery {
  readonly spanmeter: true
  readonly protocol: OtlpProtocol
  /** An OTLP `ExportTraceServiceRequest`. */
  readonly body: Uint8Array
  readonly timeoutMillis: number
  /** One of {@link OUTCOME}, in shared memory. */
  readonly outcome: Int32Array
}

export const OUTCOME = { pending: 0, delivered: 1, failed: 2 } as const
