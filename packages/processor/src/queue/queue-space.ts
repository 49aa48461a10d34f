import type { ReaderGroup } from './reader-group.ts'
import type { SegmentList } from './segment-list.ts'

/** What of a queue's segments may go, and when. */
export class QueueSpace {
  readonly #segments: SegmentList
  readonly #readers: ReaderGroup
  readonly #onError: (error: Error) => void

  constructor(segments: SegmentList, readers: ReaderGroup, onError: (error: Error) => void) {
    this.#segments = segments
    this.#readers = readers
    this.#onError = onError
  }

  removePassed(): void {
    this.#segments.removeBefore(this.#readers.firstNeeded(), this.#onError)
  }

  /** Removes what every destination has passed; where that is too little, oldest first, what only bystanders still need. */
  make(isEnough: () => boolean): void {
    this.removePassed()
    while (!isEnough() && this.#giveUpOldest());
  }

  /**
   * On a full disk: removes what is delivered, the segment that is written to among it; where that is nothing, the oldest
   * that only bystanders still need. Returns whether there was any.
   */
  async freeDisk(): Promise<boolean> {
    const { active } = this.#segments
    try {
      if (active.size > 0 && this.#readers.arePast(active)) await this.#segments.roll()
    } catch {
      return false
    }
    const before = this.#segments.all.length
    this.removePassed()
    const isFreed = this.#segments.all.length < before || this.#giveUpOldest()
    await this.#segments.removed()
    return isFreed
  }

  #giveUpOldest(): boolean {
    const [oldest] = this.#segments.closed
    if (oldest === undefined || oldest.number >= this.#readers.firstAwaited()) return false
    this.#readers.giveUpBefore(oldest.number + 1)
    this.removePassed()
    return true
  }
}
