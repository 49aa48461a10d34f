/** The lock is held only briefly: this many tries take some ten microseconds, and being woken up takes longer. */
const TRIES = 1000

/** A lock for memory that threads share: a word of it that is 0 while nobody holds the lock. */
export class ThreadLock {
  readonly #words: Int32Array
  readonly #index: number

  constructor(words: Int32Array, index: number) {
    this.#words = words
    this.#index = index
  }

  acquire(): void {
    for (;;) {
      for (let tried = 0; tried < TRIES; tried++) {
        if (Atomics.compareExchange(this.#words, this.#index, 0, 1) === 0) return
      }
      Atomics.wait(this.#words, this.#index, 1, 1)
    }
  }

  release(): void {
    Atomics.store(this.#words, this.#index, 0)
    Atomics.notify(this.#words, this.#index, 1)
  }
}
