import type { LedgerSpan } from '@spanmeter/ledger'
import type { OtlpEncoding } from '../types.ts'
import type { Destination } from './types.ts'

export type ReadLedgerSpans = (bytes: Uint8Array, encoding: OtlpEncoding) => LedgerSpan[]

/** Anything that keeps spans; the part of `Ledger` that is needed here. */
export interface LedgerAppend {
  append(spans: readonly LedgerSpan[]): Promise<void>
}

/** The ledger as a destination of the queue: when it fails, records wait on disk and everything else goes on. */
export function createLedgerDestination(ledger: LedgerAppend, readLedgerSpans: ReadLedgerSpans): Destination {
  return {
    name: 'ledger',
    // One writer: DuckDB commits one transaction after the other anyway.
    concurrency: 1,
    accepts: (signal) => signal === 'traces',
    async deliver({ payload, encoding }) {
      try {
        const spans = readLedgerSpans(payload, encoding)
        if (spans.length > 0) await ledger.append(spans)
        return { kind: 'accepted' }
      } catch (error) {
        return { kind: 'retryable', message: (error as Error).message }
      }
    },
    close: () => Promise.resolve(),
  }
}
