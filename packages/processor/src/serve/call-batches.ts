import type { MeteredCall } from '../enrichment/metered-call.ts'

const LONGEST_WAIT_MS = 10
const MOST_CALLS = 200

/**
 * Calls on their way to the thread that counts them, many at a time: a message for each request costs both threads
 * more than what it carries.
 */
export class CallBatches {
  readonly #post: (calls: readonly MeteredCall[]) => void
  #calls: MeteredCall[] = []
  #timer: NodeJS.Timeout | undefined

  constructor(post: (calls: readonly MeteredCall[]) => void) {
    this.#post = post
  }

  add(calls: readonly MeteredCall[]): void {
    this.#calls.push(...calls)
    if (this.#calls.length >= MOST_CALLS) this.flush()
    else this.#timer ??= setTimeout(() => this.flush(), LONGEST_WAIT_MS)
  }

  /** Posts what has come in so far; before anyone reads what was counted, and at the end. */
  flush(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (this.#calls.length === 0) return
    const calls = this.#calls
    this.#calls = []
    this.#post(calls)
  }
}
