import type { SeriesCount } from './series.ts'

const MOST = 16

/**
 * Who reads the metrics time and again, and which series each has seen: a pair of Prometheus servers both want a new one
 * from zero.
 *
 * A reader who comes before any other has come twice is there from the start, so all series are new. To a later one they
 * are what they are: it may be a known one at another address, which would take a zero for a restart.
 */
export class Readers {
  readonly #count: SeriesCount
  readonly #seen = new Map<string, number>()
  #anyCameTwice = false

  constructor(count: SeriesCount) {
    this.#count = count
  }

  /** How many series this reader has seen before; all of now count as seen from then on. */
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
