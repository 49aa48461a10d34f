import type { Outage } from './outage.ts'

/** A record is given up after this many failures over this long a time. */
const MIN_FAILURES = 20
const MIN_FAILING_MS = 10 * 60_000

/**
 * Finds out whether a destination will never accept a record, as opposed to being down: it accepts other records between the
 * attempts. Such a record has to be given up, as the queue behind it can't be removed and would grow until it is full.
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

  /** Notes a failed attempt. Returns whether the record should be given up. */
  fail(): boolean {
    if (this.#outage.accepted === this.#accepted) return false
    this.#accepted = this.#outage.accepted
    if (this.#failures === 0) this.#since = performance.now()
    this.#failures += 1
    return this.#failures >= MIN_FAILURES && performance.now() - this.#since >= MIN_FAILING_MS
  }
}
