import type { Outage } from './outage.ts'

/** Often and long enough that it is no accident. */
const MIN_FAILURES = 20
const MIN_FAILING_MS = 10 * 60_000

/**
 * Tells a record that a destination will never take from a destination that takes nothing now: others go through between
 * its attempts. Kept, it would hold on to all of the queue behind it until that is full.
 */
export class StuckRecord {
  readonly #outage: Outage
  #accepted: number
  #failures = 0
  #since = 0

  constructor(outage: Outage) {
    this.#outage = outage
    this.#accepted = outage.accepted
  }

  /** Notes a failed attempt. Returns whether there is no hope for another. */
  fail(): boolean {
    if (this.#outage.accepted === this.#accepted) return false
    this.#accepted = this.#outage.accepted
    if (this.#failures === 0) this.#since = performance.now()
    this.#failures += 1
    return this.#failures >= MIN_FAILURES && performance.now() - this.#since >= MIN_FAILING_MS
  }
}
