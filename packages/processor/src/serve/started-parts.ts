interface Part {
  close(deadline: AbortSignal): void | Promise<void>
}

/** What has been started, to be closed in the opposite order: receivers, then exporters and queue, then the ledger. */
export class StartedParts {
  readonly #parts: Part[] = []

  /** Returns the part; one that is switched off is `undefined`. */
  add<Started extends Part | undefined>(part: Started): Started {
    if (part !== undefined) this.#parts.push(part)
    return part
  }

  /** Passes on what `starting` resolves to. If it rejects, closes what it has started by then. */
  async orClose<T>(starting: Promise<T>, timeoutMs: number): Promise<T> {
    try {
      return await starting
    } catch (error) {
      await this.close(AbortSignal.timeout(timeoutMs)).catch(() => undefined)
      throw error
    }
  }

  /** Closes every part, also where one fails, and rejects with the first failure. Closing twice closes once. */
  async close(deadline: AbortSignal): Promise<void> {
    const failures: unknown[] = []
    for (const part of this.#parts.splice(0).reverse()) {
      try {
        await part.close(deadline)
      } catch (error) {
        failures.push(error)
      }
    }
    if (failures.length > 0) throw failures[0]
  }
}
