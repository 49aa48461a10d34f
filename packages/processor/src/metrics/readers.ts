import type { SeriesCount } from './series.ts'

const MOST = 16

/**
 * Remembers which series each reader of the metrics has seen, so that each of several Prometheus servers is shown a new series at
 * zero first.
 *
 * A reader that comes before any reader has come twice has been there from the start, so all series are new to it. A later
 * reader is shown all series as they are: it may be a known reader at another address, which would take a zero for a restart.
 */
export class Readers {
  readonly #count: SeriesCount
  readonly #seen = new Map<string, number>()
  #anyCameTwice = false

  constructor(count: SeriesCount) {
    this.#count = count
  }

  /** Returns how many series a reader has seen before. From now on, all present ones count as seen. */
  note(reader: string): number {
    const seen = this.#seen.get(reader)
    this.#anyCameTwice ||= seen !== undefined
    this.#seen.delete(reader)
    this.#seen.set(reader, this.#count.begun)
    const [longestAgo] = this.#seen.keys()
    if (this.#seen.size > MOST) this.#seen.delete(longestAgo!)
    return seen ?? (this.#anyCameTwice ? this.#count.begun : 0)
  }
}
