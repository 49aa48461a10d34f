import type { LedgerSpan } from '@spanmeter/ledger'

export type OtlpEncoding = 'protobuf' | 'json'

/** A batch after pricing and attribution. */
export interface ProcessedTraces {
  /** The very bytes that came in where nothing was added. Valid until `release`. */
  readonly bytes: Uint8Array
  readonly encoding: OtlpEncoding
  readonly spanCount: number
  /** The GenAI calls in the batch, priced or not, for cost metrics. */
  readonly calls: readonly LedgerSpan[]
  /** Gives a pooled buffer back. */
  release(): void
}

/** Prices and attributes one OTLP ExportTraceServiceRequest. Throws `InvalidTracesError` on bytes that are not one. */
export type ProcessTraces = (body: Uint8Array, encoding: OtlpEncoding) => ProcessedTraces
