import type { PartialSuccess } from '../protocol/export-response.ts'
import type { QueueRecord } from '../queue/record.ts'
import type { Signal } from '../types.ts'

/** How one attempt to hand a record to a destination ended. */
export type DeliveryResult = Accepted | FailedDelivery

export interface Accepted {
  readonly kind: 'accepted'
  readonly partial?: PartialSuccess
}

export interface FailedDelivery {
  /**
   * `retryable`: may work later. `permanent`: will never work as it is. `unsupported`: the destination doesn't take this
   * signal. `too_large`: would work in smaller pieces.
   */
  readonly kind: 'retryable' | 'permanent' | 'unsupported' | 'too_large'
  readonly message: string
  /** The destination's own HTTP or gRPC status. */
  readonly status?: string
  /** How long the destination asks to wait before the next attempt, in milliseconds. */
  readonly afterMs?: number
}

/** Where records go: an OTLP backend, or the ledger. */
export interface Destination {
  readonly name: string
  /** How many records may be on their way at one time. */
  readonly concurrency: number
  accepts(signal: Signal): boolean
  /** One attempt; never throws. */
  deliver(record: QueueRecord, signal: AbortSignal): Promise<DeliveryResult>
  /** The end is near: what waits for more to come with it waits no longer. */
  hurry?(): void
  close(): Promise<void>
}
