/** So often it is looked whether others wait for one that has nothing to read. */
const CHECK_MS = 5

interface Reader {
  /** Called once it is its turn. */
  readOn(): void
}

/**
 * Whose large body is read. All that come at one time would be in memory before the first can be worked on; taken one
 * after the other, they wait in the network. A turn is over with the answer, or when there is nothing to read: neither a
 * slow sender nor a slow backend holds up the others.
 */
export class ReadingTurns {
  readonly #waiting = new Set<Reader>()
  #reader: Reader | undefined
  #hasRead = false
  #isWatching = false

  /** Asked after each read. If it may not read on, it is told when. */
  mayReadOn(reader: Reader): boolean {
    this.#reader ??= reader
    if (this.#reader === reader) {
      this.#hasRead = true
      return true
    }
    this.#waiting.add(reader)
    this.#watch()
    return false
  }

  /** It is answered, or its body will never come. */
  done(reader: Reader): void {
    this.#waiting.delete(reader)
    if (this.#reader === reader) this.#next()
  }

  #next(): void {
    const [next] = this.#waiting
    this.#reader = next
    this.#hasRead = true
    if (next === undefined) return
    this.#waiting.delete(next)
    next.readOn()
  }

  /** Looks, as long as somebody waits, for a reader that has nothing to read. */
  #watch(): void {
    if (this.#isWatching) return
    this.#isWatching = true
    setTimeout(() => {
      this.#hasRead = false
      // Between a timer and an immediate, Node reads what has come.
      setImmediate(() => {
        this.#isWatching = false
        if (!this.#hasRead) this.#next()
        if (this.#waiting.size > 0) this.#watch()
      })
    }, CHECK_MS)
  }
}
