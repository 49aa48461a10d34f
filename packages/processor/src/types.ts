import type { MeteredCall } from './enrichment/metered-call.ts'

/** The three kinds of OTLP export request. Only traces are enriched; the others pass through unchanged. */
export type Signal = 'traces' | 'metrics' | 'logs'

export type OtlpEncoding = 'protobuf' | 'json'

/** What is known about a request from its connection rather than its body. */
export interface RequestContext {
  /** Forces `business.tenant` on every span, whatever the span itself says: the sender's token is pinned to it. */
  readonly tenant?: string
}

/** A batch after pricing and attribution. */
export interface ProcessedTraces {
  /** The very bytes that came in where nothing was added. Valid until `release`, and until the body's memory is given back. */
  readonly bytes: Uint8Array
  readonly encoding: OtlpEncoding
  readonly spanCount: number
  /** The GenAI calls in the batch, priced or not, for cost metrics. */
  readonly calls: readonly MeteredCall[]
  /** Gives a pooled buffer back. */
  release(): void
}

/**
 * Prices and attributes one OTLP ExportTraceServiceRequest. `memory`: a buffer that begins with the body and may be written
 * over; the result then stands in it if it fits. Throws `InvalidTracesError` on bytes that are not a request.
 */
export type ProcessTraces = (
  body: Uint8Array,
  encoding: OtlpEncoding,
  context?: RequestContext,
  memory?: Buffer,
) => ProcessedTraces
