import type { PartialSuccess } from '../protocol/export-response.ts'
import type { QueueRecord } from '../queue/record.ts'
import type { Signal } from '../types.ts'

/** How one attempt to hand a record to a destination ended. */
export type DeliveryResult =
  | { readonly kind: 'accepted'; readonly partial?: PartialSuccess }
  /** May work later; `afterMs` is what the destination asked for. */
  | {
      readonly kind: 'retryable'
      readonly message: string
      readonly afterMs?: number
      readonly status?: string
    }
  /** Will never work as it is. */
  | { readonly kind: 'permanent'; readonly message: string; readonly status?: string }
  /** The destination has no such signal. */
  | { readonly kind: 'unsupported'; readonly message: string; readonly status?: string }
  /** Would work in smaller pieces. */
  | { readonly kind: 'too_large'; readonly message: string; readonly status?: string }

/** Where records go: an OTLP backend, or the ledger. */
export interface Destination {
  readonly name: string
  /** Records on their way at one time. */
  readonly concurrency: number
  accepts(signal: Signal): boolean
  /** One attempt; never throws. */
  deliver(record: QueueRecord, signal: AbortSignal): Promise<DeliveryResult>
  /** The end is near: what waits for more to come with it waits no longer. */
  hurry?(): void
  close(): Promise<void>
}
