/** How often it is checked whether the reader whose turn it is has nothing to read while others wait. */
const CHECK_MS = 5

interface Reader {
  /** Called when its turn comes. */
  readOn(): void
}

/**
 * Lets large bodies be read one after the other. Read at the same time, all of them would be in memory before the first
 * could be processed; so the others wait in the network. A turn ends with the answer, or when there is nothing to read, so
 * that neither a slow sender nor a slow backend holds up the others.
 */
export class ReadingTurns {
  readonly #waiting = new Set<Reader>()
  #reader: Reader | undefined
  #hasRead = false
  #isWatching = false

  /** Asked after each read. A reader that may not read on is told when it may. */
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

  /** The reader's request has been answered, or its body will never come. */
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

  /** As long as others wait, ends the turn of a reader that has nothing to read. */
  #watch(): void {
    if (this.#isWatching) return
    this.#isWatching = true
    setTimeout(() => {
      this.#hasRead = false
      // Between a timer and an immediate, Node reads what has come in.
      setImmediate(() => {
        this.#isWatching = false
        if (!this.#hasRead) this.#next()
        if (this.#waiting.size > 0) this.#watch()
      })
    }, CHECK_MS)
  }
}
