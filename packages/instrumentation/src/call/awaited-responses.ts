/** More than any app waits for; the oldest are forgotten. */
const MOST = 10_000

/**
 * Responses that were asked for in the background, without their usage: it is known when they are fetched, which may be
 * done over and over, but is billed once.
 */
export class AwaitedResponses {
  readonly #ids = new Set<string>()

  add(id: string): void {
    const [oldest] = this.#ids
    if (this.#ids.size >= MOST && oldest !== undefined) this.#ids.delete(oldest)
    this.#ids.add(id)
  }

  /** Whether it was awaited until now. */
  take(id: string): boolean {
    return this.#ids.delete(id)
  }
}
