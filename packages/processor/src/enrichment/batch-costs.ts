import type { CostNumbers, Usage } from '@spanmeter/pricing'
import { isLookUp } from '../dialects/readers/operations.ts'
import type { GenAiSpan } from '../dialects/types.ts'
import type { SpanView } from '../otlp/types.ts'
import { costUnits } from './cost-attributes.ts'
import { Reported, reportedOf, reportedOfEither } from './reported.ts'

type UsedCall = Pick<GenAiSpan, 'usage' | 'operation'>
type CallSpan = Pick<SpanView, 'scopeName' | 'startUnixMillis' | 'durationSeconds'>

/** Bits of a span's traits. The bits above them say how much the span reports. */
const RUN = 1
const REPEATS = 2
const TRAIT_BITS = 2

/** Costs of one batch's spans, by row, in 10^-12 USD. Typed arrays that are reused for each batch. */
export class BatchCosts {
  /** Rows of the calls, in the order in which they were added. */
  readonly callRows: number[] = []
  /** Rows of the spans that stand above priced ones, in no order. */
  readonly rowsAbove: number[] = []
  #own = new Float64Array(1024)
  #inclusive = new Float64Array(1024)
  /** When a call began and ended, in milliseconds since 1970. */
  #start = new Float64Array(1024)
  #end = new Float64Array(1024)
  #scopes: string[] = new Array(1024)
  #traits = new Uint8Array(1024)
  #countedBy = new Int32Array(1024)

  /** Forgets the batch before. */
  begin(rowCount: number): void {
    this.callRows.length = 0
    this.rowsAbove.length = 0
    // Arrays that one huge batch has made grow are not kept.
    if (this.#own.length < rowCount || this.#own.length > Math.max(65_536, rowCount * 16)) {
      const capacity = Math.max(1024, 2 ** Math.ceil(Math.log2(rowCount)))
      this.#own = new Float64Array(capacity)
      this.#inclusive = new Float64Array(capacity)
      this.#start = new Float64Array(capacity)
      this.#end = new Float64Array(capacity)
      this.#scopes = new Array(capacity)
      this.#traits = new Uint8Array(capacity)
      this.#countedBy = new Int32Array(capacity)
    }
    this.#own.fill(Number.NaN, 0, rowCount)
    this.#inclusive.fill(Number.NaN, 0, rowCount)
    this.#traits.fill(0, 0, rowCount)
  }

  /** Adds a call: what it used, what that cost, and when it was made. */
  add(row: number, { usage, operation }: UsedCall, cost: CostNumbers, span: CallSpan): void {
    const { scopeName, startUnixMillis, durationSeconds } = span
    if (cost.priced) this.#own[row] = costUnits(cost.amount)
    this.#scopes[row] = scopeName
    this.#start[row] = startUnixMillis
    this.#end[row] = startUnixMillis + durationSeconds * 1000
    const level = cost.priced ? Reported.price : isUsed(usage) ? Reported.usage : Reported.call
    this.#traits[row]! |= reportedOf(level, isLookUp(operation)) << TRAIT_BITS
    this.callRows.push(row)
  }

  /**
   * Whether a call began after another one had ended whose usage is known. Only within one instrumentation, as clocks of
   * different ones may differ.
   */
  follows(row: number, other: number): boolean {
    const start = this.#start[other]!
    const end = this.#end[other]!
    const isOver = start < end && end <= this.#start[row]!
    return (
      isOver &&
      reportedOfEither(this.reported(other)) >= Reported.usage &&
      this.#scopes[other] === this.#scopes[row]
    )
  }

  /** How much the span reports about a call of its own; see `reportedOf`. */
  reported(row: number): number {
    return this.#traits[row]! >> TRAIT_BITS
  }

  /**
   * Marks a call that another span reports as well, in this batch or an earlier one: its cost is counted there.
   *
   * @param countedBy the row of the other span, if it is in this batch.
   */
  repeat(row: number, countedBy = -1): void {
    this.#own[row] = Number.NaN
    this.#traits[row]! |= REPEATS
    this.#countedBy[row] = countedBy
  }

  /** The row of the span that counts a call instead; -1 if it isn't in the batch, or if the call itself counts. */
  countedBy(row: number): number {
    let other = row
    while (other !== -1 && this.repeats(other)) other = this.#countedBy[other]!
    return other === row ? -1 : other
  }

  /** Marks the run of a tool or an agent: calls beneath it are not the call above it. */
  addRun(row: number): void {
    this.#traits[row]! |= RUN
  }

  isRun(row: number): boolean {
    return (this.#traits[row]! & RUN) !== 0
  }

  /** What the span itself cost; `undefined` where it has no price. */
  own(row: number): number | undefined {
    const units = this.#own[row]!
    return Number.isNaN(units) ? undefined : units
  }

  /** @param repeats whether the span, if it is a call, reports the calls beneath it once more. */
  setInclusive(row: number, units: number, repeats: boolean): void {
    this.#inclusive[row] = units
    this.rowsAbove.push(row)
    if (repeats) this.repeat(row)
  }

  repeats(row: number): boolean {
    return (this.#traits[row]! & REPEATS) !== 0
  }

  /** What the span and all calls beneath it cost; `undefined` where none beneath it is priced. */
  inclusive(row: number): number | undefined {
    const units = this.#inclusive[row]!
    return Number.isNaN(units) ? undefined : units
  }
}

function isUsed(usage: Usage): boolean {
  for (const part in usage) if (usage[part as keyof Usage]! > 0) return true
  return false
}
