import type { ObservedBody } from '../wire/types.ts'
import type { AttemptEnd, AttemptStart } from './attempt.ts'
import type { GenAiCall } from './gen-ai-call.ts'

const DASH = 0x2d

interface Waiting {
  readonly call: GenAiCall
  readonly failed: AttemptEnd
  readonly timer: NodeJS.Timeout
}

/** Calls whose last attempt failed, and whose client may try again: one span a call, retries included. */
export class RetryQueue {
  readonly #waiting = new Set<Waiting>()

  /** Keeps the call open for `within` milliseconds; then it ends with the time at which its last attempt did. */
  add(call: GenAiCall, failed: AttemptEnd, within: number): void {
    const timer = setTimeout(() => {
      this.#waiting.delete(waiting)
      call.end()
    }, within)
    timer.unref()
    const waiting: Waiting = { call, failed, timer }
    this.#waiting.add(waiting)
  }

  /** @returns the call that this attempt is another try of. */
  take(start: AttemptStart, body: ObservedBody | undefined): GenAiCall | undefined {
    for (const waiting of this.#waiting) {
      if (!isSameCall(waiting.failed, start, body)) continue
      clearTimeout(waiting.timer)
      this.#waiting.delete(waiting)
      return waiting.call
    }
    return undefined
  }

  /** @returns the call that this attempt, whose body is yet to pass, may be another try of. */
  mayTake(start: AttemptStart): GenAiCall | undefined {
    for (const { call, failed } of this.#waiting) if (isFromSamePlace(failed.start, start)) return call
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
 * Stainless (OpenAI, Anthropic, ...) count: a first attempt is no retry, unless what failed was the only one, so that
 * somebody else does the retrying: LangChain, for one.
 */
function isSameCall(failed: AttemptEnd, next: AttemptStart, body: ObservedBody | undefined): boolean {
  const { start } = failed
  const invocation = next.head.header('amz-sdk-invocation-id')
  if (invocation !== undefined) return invocation === start.head.header('amz-sdk-invocation-id')
  if (retryCount(next) === '0' && retryCount(start) !== '0') return false
  return isFromSamePlace(start, next) && isSameBody(failed.body, body)
}

function retryCount({ head }: AttemptStart): string | undefined {
  return head.header('x-stainless-retry-count')
}

/** Whether it is sent from where the other was, to the same address: another host is a fallback, with a bill of its own. */
function isFromSamePlace(failed: AttemptStart, next: AttemptStart): boolean {
  return (
    failed.parentContext === next.parentContext &&
    failed.head.method === next.head.method &&
    failed.head.host === next.head.host &&
    failed.head.port === next.head.port &&
    failed.head.path === next.head.path &&
    failed.head.query === next.head.query
  )
}

function isSameBody(one: ObservedBody | undefined, other: ObservedBody | undefined): boolean {
  if (one === undefined || other === undefined) return one === other
  if (one.totalBytes !== other.totalBytes) return false
  if (isForm(one) && isForm(other)) return true
  return Buffer.compare(one.head, other.head) === 0 && Buffer.compare(one.tail, other.tail) === 0
}

/** Whose boundary is another one each time it is sent. */
function isForm({ head }: ObservedBody): boolean {
  return head[0] === DASH && head[1] === DASH
}
