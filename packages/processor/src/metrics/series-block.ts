import type { MeteredCall } from '../enrichment/metered-call.ts'

const COLUMNS = 3

/**
 * Values that one call adds to several of, side by side in memory: a call touches a few cache lines instead of an
 * object a value. Sums have Neumaier's compensation: ten million additions of a millionth of a dollar still give ten
 * dollars.
 */
export class SeriesBlock {
  /** Of each value: its sum, what rounding has taken from it, and what was added last. */
  readonly #numbers: Float64Array
  readonly #lastCalls: (MeteredCall | undefined)[]

  constructor(size: number) {
    this.#numbers = new Float64Array(size * COLUMNS)
    this.#lastCalls = new Array(size).fill(undefined)
  }

  /** `call`: stands for what it adds as the exemplar. */
  add(slot: number, value: number, call?: MeteredCall): void {
    const numbers = this.#numbers
    const row = slot * COLUMNS
    const sum = numbers[row]!
    const next = sum + value
    numbers[row] = next
    numbers[row + 1] =
      numbers[row + 1]! + (Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum)
    if (call === undefined) return
    numbers[row + 2] = value
    this.#lastCalls[slot] = call
  }

  value(slot: number): number {
    return this.#numbers[slot * COLUMNS]! + this.#numbers[slot * COLUMNS + 1]!
  }

  lastValue(slot: number): number {
    return this.#numbers[slot * COLUMNS + 2]!
  }

  lastCall(slot: number): MeteredCall | undefined {
    return this.#lastCalls[slot]
  }
}
