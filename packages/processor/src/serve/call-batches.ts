import type { MeteredCall } from '../enrichment/metered-call.ts'
import { CallEncoder, type EncodedCalls } from './call-encoding.ts'

const LONGEST_WAIT_MS = 100
const MOST_CALLS = 1000

/**
 * Collects calls for the thread that counts them, and posts many at a time: one message for each request would cost both
 * threads more than counting its calls.
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

  /** Posts what has been collected. To be called before anyone reads the counts, and at the end. */
  flush(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (this.#encoder.count > 0) this.#post(this.#encoder.take())
  }
}
