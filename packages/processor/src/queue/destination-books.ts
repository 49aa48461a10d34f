import { countDropped } from '../telemetry/destination-items.ts'
import type { RateLimitedLogger } from '../telemetry/logger.ts'
import type { Telemetry } from '../telemetry/telemetry.ts'
import type { Signal } from '../types.ts'

/** A destination, as far as the queue needs to know it. */
export interface QueueDestination {
  readonly name: string
  /** Records of other signals are skipped and not counted. */
  accepts(signal: Signal): boolean
  /** Whether clients don't depend on it: if the queue is full, what only such destinations still need is dropped. */
  readonly isBystander?: boolean
}

/** Why records are dropped without an attempt to deliver them. */
const LOSSES = {
  corrupt: 'dropped: part of the sending queue is damaged; its file is kept in the folder "corrupt"',
  queue_full:
    'dropped: the sending queue or its disk is full, and only this destination still needs the oldest records; others are not affected',
}
export type LossReason = keyof typeof LOSSES

/** Counts what the queue has received, holds, and has lost for a destination. */
export class DestinationBooks {
  readonly #destination: QueueDestination
  readonly #telemetry: Telemetry
  readonly #log: RateLimitedLogger

  constructor(destination: QueueDestination, telemetry: Telemetry, log: RateLimitedLogger) {
    this.#destination = destination
    this.#telemetry = telemetry
    this.#log = log
  }

  receive(signal: Signal, items: number): void {
    if (!this.#concerns(signal, items)) return
    this.#telemetry.destinationItems.add(items, this.#destination.name, signal, 'received', '')
    this.#hold(signal, items)
  }

  /** The items are no longer held. Whoever delivered them counts what became of them. */
  release(signal: Signal, items: number): void {
    if (this.#concerns(signal, items)) this.#hold(signal, -items)
  }

  lose(signal: Signal, items: number, reason: LossReason): void {
    if (!this.#concerns(signal, items)) return
    const { name } = this.#destination
    this.#hold(signal, -items)
    countDropped(this.#telemetry, { destination: name, signal, items }, reason)
    this.#log.warn(`lost ${name} ${reason}`, { destination: name, signal, items, reason }, LOSSES[reason])
  }

  #hold(signal: Signal, items: number): void {
    this.#telemetry.heldItems.add(items, this.#destination.name, signal)
  }

  #concerns(signal: Signal, items: number): boolean {
    return items !== 0 && this.#destination.accepts(signal)
  }
}
