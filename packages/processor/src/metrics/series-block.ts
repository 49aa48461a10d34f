import type { MeteredCall } from '../enrichment/metered-call.ts'
import type { SpanIdentity } from '../otlp/span-identity.ts'

const COLUMNS = 4

/**
 * Values that one call adds to several of, side by side in memory: a call touches a few cache lines instead of an
 * object a value. Sums have Neumaier's compensation: ten million additions of a millionth of a dollar still give ten
 * dollars.
 */
export class SeriesBlock {
  /** Of each value: its sum, what rounding has taken from it, what was added last, and when that call ended. */
  readonly #numbers: Float64Array
  /** Not the calls themselves: each would keep all that is known of it in memory. */
  readonly #lastIdentities: (SpanIdentity | undefined)[]

  constructor(size: number) {
    this.#numbers = new Float64Array(size * COLUMNS)
    this.#lastIdentities = new Array(size).fill(undefined)
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
    numbers[row + 3] = call.endUnixMillis
    this.#lastIdentities[slot] = call.identity
  }

  value(slot: number): number {
    return this.#numbers[slot * COLUMNS]! + this.#numbers[slot * COLUMNS + 1]!
  }

  lastValue(slot: number): number {
    return this.#numbers[slot * COLUMNS + 2]!
  }

  lastIdentity(slot: number): SpanIdentity | undefined {
    return this.#lastIdentities[slot]
  }

  lastEndUnixMillis(slot: number): number {
    return this.#numbers[slot * COLUMNS + 3]!
  }
}
