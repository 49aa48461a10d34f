/** More than any app waits for; the oldest are forgotten. */
const MOST = 10_000

/** What is known already of a response that is awaited: where it is fetched, it seldom names its model, and never its window. */
export interface Awaited {
  readonly model: string | undefined
  readonly completionWindow: string | undefined
}

/**
 * Responses that were asked for in the background, without their usage: it is known when they are fetched, which may be
 * done over and over, but is billed once.
 */
export class AwaitedResponses {
  readonly #byId = new Map<string, Awaited>()

  add(id: string, awaited: Awaited): void {
    const [oldest] = this.#byId.keys()
    if (this.#byId.size >= MOST && oldest !== undefined) this.#byId.delete(oldest)
    this.#byId.set(id, awaited)
  }

  /** What was awaited until now; `undefined` where that was nothing of this id. */
  take(id: string): Awaited | undefined {
    const awaited = this.#byId.get(id)
    this.#byId.delete(id)
    return awaited
  }
}
