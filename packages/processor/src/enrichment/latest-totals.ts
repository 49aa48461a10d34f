import type { Usage } from '@spanmeter/pricing'
import { ThreadLock } from './thread-lock.ts'

/** How many parents are remembered. Few are enough: the model is called again as soon as its tool has run. */
const MOST_PARENTS = 1024
const NO_PARENT = 0

/** What a call added to the running total that its span states. */
export type BilledUsage = Required<Pick<Usage, 'inputTokens' | 'outputTokens'>>

export interface StatedTotal {
  readonly endUnixMillis: number
  readonly total: BilledUsage
  readonly added: BilledUsage
}

/** The latest total beneath a parent, and the total before it, which a span that is sent twice continues again. */
export interface Latest {
  /** A hash of the span's id. */
  readonly span: number
  readonly asksForTool: boolean
  readonly stated: StatedTotal
  readonly before: StatedTotal | undefined
}

const TOTAL_WIDTH = 5
const NO_TOTAL: readonly number[] = new Array(TOTAL_WIDTH).fill(Number.NaN)
const STATED = 2
const BEFORE = STATED + TOTAL_WIDTH
const WIDTH = BEFORE + TOTAL_WIDTH
const BYTES = 8 * (2 + MOST_PARENTS + WIDTH * MOST_PARENTS)

/** Memory for totals that several threads use. */
export function sharedTotalsMemory(): SharedArrayBuffer {
  return new SharedArrayBuffer(BYTES)
}

/** The latest totals by a hash of the parent. The oldest parent is overwritten. */
export class LatestTotals {
  /** Held by whoever reads or writes totals. */
  readonly lock: ThreadLock
  /** Index of the record that the next new parent gets. */
  readonly #next: Float64Array
  readonly #parents: Float64Array
  readonly #records: Float64Array

  constructor(memory: ArrayBufferLike = new ArrayBuffer(BYTES)) {
    this.lock = new ThreadLock(new Int32Array(memory, 0, 1), 0)
    this.#next = new Float64Array(memory, 8, 1)
    this.#parents = new Float64Array(memory, 16, MOST_PARENTS)
    this.#records = new Float64Array(memory, 16 + 8 * MOST_PARENTS)
  }

  get(parent: number): Latest | undefined {
    const place = this.#parents.indexOf(parent)
    if (place === -1) return undefined
    const record = this.#records.subarray(place * WIDTH, (place + 1) * WIDTH)
    return {
      span: record[0]!,
      asksForTool: record[1] === 1,
      stated: totalAt(record, STATED)!,
      before: totalAt(record, BEFORE),
    }
  }

  set(parent: number, { span, asksForTool, stated, before }: Latest): void {
    let place = this.#parents.indexOf(parent)
    if (place === -1) {
      place = this.#next[0]!
      this.#next[0] = (place + 1) % MOST_PARENTS
    }
    this.#parents[place] = parent
    const numbers = [span, asksForTool ? 1 : 0, ...numbersOf(stated), ...numbersOf(before)]
    this.#records.set(numbers, place * WIDTH)
  }

  delete(parent: number): void {
    const place = this.#parents.indexOf(parent)
    if (place !== -1) this.#parents[place] = NO_PARENT
  }
}

function numbersOf(stated: StatedTotal | undefined): readonly number[] {
  if (stated === undefined) return NO_TOTAL
  const { endUnixMillis, total, added } = stated
  return [endUnixMillis, total.inputTokens, total.outputTokens, added.inputTokens, added.outputTokens]
}

function totalAt(record: Float64Array, place: number): StatedTotal | undefined {
  const [endUnixMillis, input, output, addedInput, addedOutput] = record.subarray(place)
  if (Number.isNaN(endUnixMillis)) return undefined
  return {
    endUnixMillis: endUnixMillis!,
    total: { inputTokens: input!, outputTokens: output! },
    added: { inputTokens: addedInput!, outputTokens: addedOutput! },
  }
}
