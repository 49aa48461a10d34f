import type { MeteredCall } from '../enrichment/metered-call.ts'
import type { SpanIdentity } from '../otlp/span-identity.ts'

/** Doubles for each value: a cache line. */
const COLUMNS = 8
const WORDS = 2 * COLUMNS
/** After four doubles come the six words of the identity, then whether there is one. */
const IDENTITY = 8
const HAS_IDENTITY = 14

/**
 * Sums, side by side in memory, as one call adds to several of them: it touches a few cache lines instead of an object for each.
 * With Neumaier's compensation for rounding, ten million additions of a millionth of a dollar still give ten dollars.
 */
export class SeriesBlock {
  /** For each value: its sum, the compensation for rounding, what was added last, and when that call ended. */
  readonly #numbers: Float64Array
  /**
   * The same memory, for the identity of that call. As an object, it would outlive its batch, and the garbage collector would copy
   * it twice.
   */
  readonly #words: Int32Array

  constructor(size: number) {
    this.#numbers = new Float64Array(size * COLUMNS)
    this.#words = new Int32Array(this.#numbers.buffer)
  }

  /** @param call becomes the exemplar of the value. */
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
    const words = this.#words
    const { identity } = call
    const at = slot * WORDS + IDENTITY
    words[at] = identity[0]
    words[at + 1] = identity[1]
    words[at + 2] = identity[2]
    words[at + 3] = identity[3]
    words[at + 4] = identity[4]
    words[at + 5] = identity[5]
    words[slot * WORDS + HAS_IDENTITY] = 1
  }

  value(slot: number): number {
    return this.#numbers[slot * COLUMNS]! + this.#numbers[slot * COLUMNS + 1]!
  }

  lastValue(slot: number): number {
    return this.#numbers[slot * COLUMNS + 2]!
  }

  lastIdentity(slot: number): SpanIdentity | undefined {
    const at = slot * WORDS
    if (this.#words[at + HAS_IDENTITY] === 0) return undefined
    const [...identity] = this.#words.subarray(at + IDENTITY, at + HAS_IDENTITY)
    return identity as unknown as SpanIdentity
  }

  lastEndUnixMillis(slot: number): number {
    return this.#numbers[slot * COLUMNS + 3]!
  }
}
