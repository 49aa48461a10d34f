import type { ObservedBody } from '../wire/types.ts'
import type { AttemptStart } from './attempt.ts'
import type { GenAiCall } from './gen-ai-call.ts'

interface Waiting {
  readonly call: GenAiCall
  readonly failed: AttemptStart
  readonly timer: NodeJS.Timeout
}

/** Calls whose last attempt failed, and whose client may try again: one span a call, retries included. */
export class RetryQueue {
  readonly #waiting = new Set<Waiting>()

  /** Keeps the call open for `within` milliseconds; then it ends with the time at which its last attempt did. */
  add(call: GenAiCall, failed: AttemptStart, within: number): void {
    const timer = setTimeout(() => {
      this.#waiting.delete(waiting)
      call.end()
    }, within)
    timer.unref()
    const waiting: Waiting = { call, failed, timer }
    this.#waiting.add(waiting)
  }

  /** @returns the call that this attempt is another try of. */
  take(start: AttemptStart): GenAiCall | undefined {
    for (const waiting of this.#waiting) {
      if (!isSameCall(waiting.failed, start)) continue
      clearTimeout(waiting.timer)
      this.#waiting.delete(waiting)
      return waiting.call
    }
    return undefined
  }

  /** Nothing will come any more. */
  endAll(): void {
    for (const { call, timer } of this.#waiting) {
      clearTimeout(timer)
      call.end()
    }
    this.#waiting.clear()
  }
}

/**
 * AWS SDKs name the call in every attempt; others send the same request again from where it was sent first. Those of
 * Stainless (OpenAI, Anthropic, ...) count: an attempt that says it is the first is no retry, and of a form, whose body
 * isn't at hand and has another boundary each time, the count is all there is.
 */
function isSameCall(failed: AttemptStart, next: AttemptStart): boolean {
  const invocation = next.head.header('amz-sdk-invocation-id')
  if (invocation !== undefined) return invocation === failed.head.header('amz-sdk-invocation-id')
  const count = retryCount(next)
  if (count === 0) return false
  return (
    failed.parentContext === next.parentContext &&
    failed.head.method === next.head.method &&
    failed.head.path === next.head.path &&
    failed.head.query === next.head.query &&
    (isSameBody(failed.body, next.body) || (next.body === undefined && count === retryCount(failed) + 1))
  )
}

/** NaN where the client doesn't count. */
function retryCount({ head }: AttemptStart): number {
  return Number(head.header('x-stainless-retry-count') ?? Number.NaN)
}

function isSameBody(one: ObservedBody | undefined, other: ObservedBody | undefined): boolean {
  if (one === undefined || other === undefined) return one === other
  return (
    one.totalBytes === other.totalBytes &&
    Buffer.compare(one.head, other.head) === 0 &&
    Buffer.compare(one.tail, other.tail) === 0
  )
}
