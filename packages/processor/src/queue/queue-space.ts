import type { ReaderGroup } from './reader-group.ts'
import type { SegmentList } from './segment-list.ts'

/** Decides which of a queue's segments may be removed. */
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

  /** Removes segments that every destination has finished with. If that isn't enough, also the oldest that only bystanders need. */
  make(isEnough: () => boolean): void {
    this.removePassed()
    while (!isEnough() && this.#giveUpOldest());
  }

  /**
   * On a full disk: removes segments that are delivered, including the one being written to; if there is none, the oldest that
   * only bystanders need. Returns whether any was removed.
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
