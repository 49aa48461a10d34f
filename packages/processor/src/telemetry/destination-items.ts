import type { Signal } from '../types.ts'
import type { Telemetry } from './telemetry.ts'

/** Why items for a destination were dropped. `refused`: without a queue, the client was told. */
export type DropReason =
  | 'permanent_error'
  | 'too_large'
  | 'corrupt'
  | 'queue_full'
  | 'retry_expired'
  | 'unsupported_signal'
  | 'refused'

/** Items of one signal on their way to a destination. */
export interface DestinationItems {
  readonly destination: string
  readonly signal: Signal
  readonly items: number
}

/** Counts what a destination has accepted, and what it states to have rejected, which may be more than it was sent. */
export function countAccepted(
  { sent, destinationItems }: Telemetry,
  { destination, signal, items }: DestinationItems,
  statedRejected: number,
): void {
  const rejected = Math.min(statedRejected, items)
  sent[signal].add(items - rejected, destination)
  destinationItems.add(items - rejected, destination, signal, 'exported', '')
  if (rejected > 0) destinationItems.add(rejected, destination, signal, 'rejected', '')
}

export function countDropped(
  { sendFailed, destinationItems }: Telemetry,
  { destination, signal, items }: DestinationItems,
  reason: DropReason,
): void {
  sendFailed[signal].add(items, destination)
  destinationItems.add(items, destination, signal, 'dropped', reason)
}
