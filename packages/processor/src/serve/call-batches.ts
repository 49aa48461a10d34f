import type { MeteredCall } from '../enrichment/metered-call.ts'
import { CallEncoder, type EncodedCalls } from './call-encoding.ts'

const LONGEST_WAIT_MS = 100
const MOST_CALLS = 1000

/**
 * Calls on their way to the thread that counts them, many at a time: a message for each request costs both threads
 * more than what it carries.
 */
export class CallBatches {
  readonly #post: (calls: EncodedCalls) => void
  readonly #encoder = new CallEncoder()
  #timer: NodeJS.Timeout | undefined

  constructor(post: (calls: EncodedCalls) => void) {
    this.#post = post
  }

  add(calls: readonly MeteredCall[]): void {
    for (const call of calls) this.#encoder.add(call)
    if (this.#encoder.count >= MOST_CALLS) this.flush()
    else this.#timer ??= setTimeout(() => this.flush(), LONGEST_WAIT_MS)
  }

  /** Posts what has come in so far; before anyone reads what was counted, and at the end. */
  flush(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (this.#encoder.count > 0) this.#post(this.#encoder.take())
  }
}
