/** Stands for every value beyond a limit. */
export const otherValue = 'other'

/** Keeps the first `limit` distinct values of a label, and turns all others into `other`. */
export class BoundedValues {
  readonly #limit: number
  readonly #values = new Set<string>()

  constructor(limit: number) {
    this.#limit = limit
  }

  admit(value: string): string {
    if (this.#values.has(value)) return value
    if (this.#values.size >= this.#limit) return otherValue
    this.#values.add(value)
    return value
  }
}
