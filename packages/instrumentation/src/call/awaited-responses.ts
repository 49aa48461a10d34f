/** More than any app waits for; the oldest are forgotten. */
const MAX_AWAITED = 10_000

/**
 * What is known of a response when it is requested: once fetched, it seldom names its model, and never its completion
 * window.
 */
export interface Awaited {
  readonly model: string | undefined
  readonly completionWindow: string | undefined
}

/**
 * Responses requested in the background. Their usage is known only when they are fetched, which may happen over and
 * over but is billed once.
 */
export class AwaitedResponses {
  readonly #byId = new Map<string, Awaited>()

  add(id: string, awaited: Awaited): void {
    const [oldest] = this.#byId.keys()
    if (this.#byId.size >= MAX_AWAITED && oldest !== undefined) this.#byId.delete(oldest)
    this.#byId.set(id, awaited)
  }

  /** @returns what was known of it; `undefined` if it isn't awaited, or no longer. */
  take(id: string): Awaited | undefined {
    const awaited = this.#byId.get(id)
    this.#byId.delete(id)
    return awaited
  }
}
