import type { MeteredCall } from './enrichment/metered-call.ts'

/** The three kinds of OTLP export request. Only traces are enriched; the others pass through unchanged. */
export type Signal = 'traces' | 'metrics' | 'logs'

export type OtlpEncoding = 'protobuf' | 'json'

/** What is known about a request from its headers rather than its body. */
export interface RequestContext {
  /** Forces `business.tenant` on every span, whatever the span itself says: the sender's token is pinned to it. */
  readonly tenant?: string
}

/** A batch after pricing and attribution. */
export interface ProcessedTraces {
  /** The very bytes that came in, if nothing was added. Valid until `release`, and as long as the body's memory is. */
  readonly bytes: Uint8Array
  readonly encoding: OtlpEncoding
  readonly spanCount: number
  /** The GenAI calls in the batch, priced or not, for cost metrics. */
  readonly calls: readonly MeteredCall[]
  /** Gives a pooled buffer back. */
  release(): void
}

/**
 * Prices and attributes one OTLP ExportTraceServiceRequest.
 *
 * @param memory a buffer that begins with the body and may be overwritten; the result is put into it if it fits.
 * @throws InvalidTracesError on bytes that are not a request.
 */
export type ProcessTraces = (
  body: Uint8Array,
  encoding: OtlpEncoding,
  context?: RequestContext,
  memory?: Buffer,
) => ProcessedTraces
