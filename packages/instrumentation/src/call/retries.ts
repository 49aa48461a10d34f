import type { ObservedBody } from '../wire/types.ts'
import type { AttemptEnd, AttemptStart } from './attempt.ts'
import type { GenAiCall } from './gen-ai-call.ts'

const DASH = 0x2d

/** Each holds its request and is asked about by every call: while nothing is answered, the oldest are waited for no longer. */
const MOST = 1000

interface Waiting {
  readonly call: GenAiCall
  readonly failed: AttemptEnd
  readonly counted: Counted
  readonly timer: NodeJS.Timeout
}

/** What clients say of an attempt. */
interface Counted {
  /** AWS SDKs name the call in every attempt. */
  readonly invocation: string | undefined
  /** Those of Stainless (OpenAI, Anthropic, ...) count. */
  readonly retryCount: string | undefined
}

/** Calls whose last attempt failed, and whose client may try again: one span a call, retries included. */
export class RetryQueue {
  readonly #waiting = new Set<Waiting>()

  /** Keeps the call open for `within` milliseconds; then it ends with the time at which its last attempt did. */
  add(call: GenAiCall, failed: AttemptEnd, within: number): void {
    const [oldest] = this.#waiting
    if (this.#waiting.size === MOST && oldest !== undefined) this.#remove(oldest).end()
    const timer = setTimeout(() => this.#remove(waiting).end(), within)
    timer.unref()
    const waiting: Waiting = { call, failed, counted: countedBy(failed.start), timer }
    this.#waiting.add(waiting)
  }

  #remove(waiting: Waiting): GenAiCall {
    clearTimeout(waiting.timer)
    this.#waiting.delete(waiting)
    return waiting.call
  }

  /** @returns the call that this attempt is another try of. */
  take(start: AttemptStart, body: ObservedBody | undefined): GenAiCall | undefined {
    if (this.#waiting.size === 0) return undefined
    const counted = countedBy(start)
    for (const waiting of this.#waiting)
      if (isSameCall(waiting, counted, start, body)) return this.#remove(waiting)
    return undefined
  }

  /** @returns the call that this attempt, whose body is yet to pass, may be another try of. */
  mayTake(start: AttemptStart): GenAiCall | undefined {
    for (const { call, failed } of this.#waiting) if (isFromSamePlace(failed.start, start)) return call
    return undefined
  }

  /** Nothing will come any more. */
  endAll(): void {
    for (const waiting of this.#waiting) this.#remove(waiting).end()
  }
}

function countedBy({ head }: AttemptStart): Counted {
  return {
    invocation: head.header('amz-sdk-invocation-id'),
    retryCount: head.header('x-stainless-retry-count'),
  }
}

/**
 * Where the call isn't named, clients send the same request again from where it was sent first. A first attempt is no retry,
 * unless what failed was the only one, so that somebody else does the retrying: LangChain, for one.
 */
function isSameCall(
  { failed, counted }: Waiting,
  { invocation, retryCount }: Counted,
  next: AttemptStart,
  body: ObservedBody | undefined,
): boolean {
  if (invocation !== undefined) return invocation === counted.invocation
  if (retryCount === '0' && counted.retryCount !== '0') return false
  return isFromSamePlace(failed.start, next) && isSameBody(failed.body, body)
}

/** Whether it is sent from where the other was, to the same address: another host is a fallback, with a bill of its own. */
function isFromSamePlace(failed: AttemptStart, next: AttemptStart): boolean {
  return (
    failed.place === next.place &&
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
