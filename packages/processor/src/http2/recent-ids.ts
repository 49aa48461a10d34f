const REMEMBERED = 256

/** A set of stream ids that only remembers the latest ones. */
export class RecentIds {
  readonly #ids = new Set<number>()

  add(id: number): void {
    this.#ids.add(id)
    const [oldest] = this.#ids
    if (this.#ids.size > REMEMBERED) this.#ids.delete(oldest as number)
  }

  has(id: number): boolean {
    return this.#ids.has(id)
  }
}
