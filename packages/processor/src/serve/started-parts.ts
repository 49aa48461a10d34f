type Close = (deadline: AbortSignal) => Promise<unknown>

/** What has been started, closed in the opposite order: receivers, queue and exporters, ledger. */
export class StartedParts {
  readonly #parts: Close[] = []

  /** `close` may resolve to false: something acknowledged was lost. */
  add(close: Close): void {
    this.#parts.push(close)
  }

  /** Resolves to whether every part closed in order. Closing twice closes once. */
  async close(deadline: AbortSignal): Promise<boolean> {
    let complete = true
    for (const close of this.#parts.splice(0).reverse()) {
      if ((await close(deadline)) === false) complete = false
    }
    return complete
  }
}
