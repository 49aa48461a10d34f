import { SpanColumn, type SpanTable } from '../otlp/span-table.ts'
import type { BatchCosts } from './batch-costs.ts'
import { isReportedByOthers, mostReported, Reported } from './reported.ts'
import { RollUpStore } from './roll-up-store.ts'

/** How many levels up a call is looked for. */
const HIGHEST = 64

/** How many spans are remembered between batches. */
export const ROLL_UP_CAPACITY: number = 65_536

/**
 * Works out inclusive costs without holding spans back. Children end, and are exported, before their parents: a priced span
 * adds its cost to its parent's entry, and the parent, when it passes, reads its own entry and adds the sum to that of
 * its own parent. Within a batch the order doesn't matter. Across batches, a parent that came before its child doesn't
 * get the child's cost; the ledger does this right later.
 */
export class RollUp {
  readonly #store: RollUpStore
  /** The hash of each row's span. */
  #hashes = new Int32Array(512)
  /** A hash table from span id to row, each plus one. */
  #rowsById = new Int32Array(1024)
  /** For each row that is involved, one more than the number of its children that are still to be settled; else 0. */
  #pendingChildren = new Int32Array(512)
  readonly #involved: number[] = []

  /** @param memory from `sharedRollUpMemory`, for threads that see parts of the same traces. */
  constructor(capacity: number = ROLL_UP_CAPACITY, memory?: SharedArrayBuffer) {
    this.#store = new RollUpStore(capacity, memory)
  }

  snapshot(): Uint8Array {
    return this.#store.snapshot()
  }

  restore(snapshot: Uint8Array): void {
    this.#store.restore(snapshot)
  }

  /** Works out the inclusive costs of all spans above priced ones. */
  settle(table: SpanTable, costs: BatchCosts): void {
    this.#store.lock.acquire()
    try {
      this.#settleBatch(table, costs)
    } finally {
      this.#store.lock.release()
    }
  }

  #settleBatch(table: SpanTable, costs: BatchCosts): void {
    if (costs.callRows.length === 0 && this.#store.size === 0) return
    this.#indexBatch(table)
    this.#findInvolved(table, costs.callRows)
    // Children before parents. Spans in a cycle, which only a broken sender makes, never get ready and are left out.
    const ready = this.#involved.filter((row) => this.#pendingChildren[row] === 1)
    for (let next = 0; next < ready.length; next++) {
      const row = ready[next]!
      this.#settleSpan(table, row, costs)
      const parent = this.#parentRow(table, row)
      if (parent !== -1 && --this.#pendingChildren[parent]! === 1) ready.push(parent)
    }
  }

  #settleSpan(table: SpanTable, row: number, costs: BatchCosts): void {
    const { values, width } = table.spans
    const offset = row * width
    const trace = values[offset + SpanColumn.traceIdWord]!
    const high = values[offset + SpanColumn.spanIdHigh]!
    const low = values[offset + SpanColumn.spanIdLow]!
    const own = costs.own(row)
    // What is counted by a span above says nothing about that one.
    const reported = this.#isCountedAbove(table, row, costs) ? Reported.nothing : costs.reported(row)
    let entry = this.#store.find(trace, high, low)
    const hasPricedBeneath = entry !== -1 && this.#store.hasPricedBeneath(entry)
    const reportedBeneath = entry === -1 ? Reported.nothing : this.#store.reportedBeneath(entry)
    if (!hasPricedBeneath && reportedBeneath === Reported.nothing && reported === Reported.nothing) return
    if (entry === -1) entry = this.#store.add(trace, high, low)
    // A call above others that report as much is a wrapper: it is the same call, and its cost is not counted again. Calls
    // made by a tool or an agent that it asked for, and look-ups for its answer, are calls of their own.
    const isRepeated = isReportedByOthers(reported, reportedBeneath)
    const inclusive = this.#store.beneath(entry) + (isRepeated ? 0 : (own ?? 0))
    if (hasPricedBeneath) costs.setInclusive(row, inclusive, isRepeated)
    else if (isRepeated) costs.repeat(row)
    const handedOn = this.#store.handOn(entry, inclusive)
    const parentHigh = values[offset + SpanColumn.parentIdHigh]!
    const parentLow = values[offset + SpanColumn.parentIdLow]!
    if (handedOn === undefined || (parentHigh === 0 && parentLow === 0)) return
    const isAnother =
      costs.isRun(row) || (reported !== Reported.nothing && this.#followsCallAbove(table, row, costs))
    const parent = this.#store.findOrAdd(trace, parentHigh, parentLow)
    this.#store.addBeneath(
      parent,
      handedOn,
      hasPricedBeneath || own !== undefined,
      isAnother ? Reported.nothing : mostReported(reported, reportedBeneath),
    )
  }

  #isCountedAbove(table: SpanTable, row: number, costs: BatchCosts): boolean {
    const countedBy = costs.countedBy(row)
    if (countedBy === -1) return false
    let above = this.#parentRow(table, row)
    for (let height = 0; above !== -1 && above !== countedBy && height < HIGHEST; height++) {
      above = this.#parentRow(table, above)
    }
    return above === countedBy
  }

  /**
   * Whether the nearest call above had ended before this one began. Some instrumentations, such as Semantic Kernel's for
   * Java, leave a finished span active, so that the next call becomes its child.
   */
  #followsCallAbove(table: SpanTable, row: number, costs: BatchCosts): boolean {
    let above = this.#parentRow(table, row)
    for (let height = 0; above !== -1 && height < HIGHEST; height++) {
      if (costs.reported(above) !== Reported.nothing) return costs.follows(row, above)
      above = this.#parentRow(table, above)
    }
    return false
  }

  #indexBatch(table: SpanTable): void {
    const { count } = table.spans
    const slots = 2 ** Math.ceil(Math.log2(Math.max(512, count) * 2))
    if (this.#rowsById.length < slots || this.#rowsById.length > slots * 16)
      this.#rowsById = new Int32Array(slots)
    else this.#rowsById.fill(0)
    if (this.#pendingChildren.length < count) {
      this.#pendingChildren = new Int32Array(slots)
      this.#hashes = new Int32Array(slots)
    } else this.#pendingChildren.fill(0, 0, count)
    const { values, width } = table.spans
    for (let row = 0; row < count; row++) {
      const offset = row * width
      const trace = values[offset + SpanColumn.traceIdWord]!
      const high = values[offset + SpanColumn.spanIdHigh]!
      const low = values[offset + SpanColumn.spanIdLow]!
      const hash = this.#store.hashOf(trace, high, low)
      this.#hashes[row] = hash
      const slot = this.#slotOf(table, hash, trace, high, low)
      // If a span is in the batch twice, or several have no id, the first counts.
      if (this.#rowsById[slot] === 0) this.#rowsById[slot] = row + 1
    }
  }

  /** Marks the calls, the spans that have an entry in the store, and all spans above either. */
  #findInvolved(table: SpanTable, callRows: readonly number[]): void {
    this.#involved.length = 0
    const { values, width, count } = table.spans
    for (const row of callRows) this.#involve(table, row)
    if (this.#store.size === 0) return
    for (let row = 0; row < count; row++) {
      if (this.#pendingChildren[row] !== 0 || !this.#store.mayHave(this.#hashes[row]!)) continue
      const offset = row * width
      const entry = this.#store.find(
        values[offset + SpanColumn.traceIdWord]!,
        values[offset + SpanColumn.spanIdHigh]!,
        values[offset + SpanColumn.spanIdLow]!,
      )
      if (entry !== -1) this.#involve(table, row)
    }
  }

  /** Marks a span and the spans above it, as far as they are in the batch. */
  #involve(table: SpanTable, first: number): void {
    if (this.#pendingChildren[first] !== 0 || !hasId(table, first)) return
    this.#pendingChildren[first] = 1
    this.#involved.push(first)
    let parent = this.#parentRow(table, first)
    while (parent !== -1) {
      if (this.#pendingChildren[parent] !== 0) {
        this.#pendingChildren[parent]!++
        return
      }
      this.#pendingChildren[parent] = 2
      this.#involved.push(parent)
      parent = this.#parentRow(table, parent)
    }
  }

  /** The row of the span's parent, or -1 where it isn't in the batch. */
  #parentRow(table: SpanTable, row: number): number {
    const { values, width } = table.spans
    const offset = row * width
    const trace = values[offset + SpanColumn.traceIdWord]!
    const high = values[offset + SpanColumn.parentIdHigh]!
    const low = values[offset + SpanColumn.parentIdLow]!
    const hash = this.#store.hashOf(trace, high, low)
    const parent = this.#rowsById[this.#slotOf(table, hash, trace, high, low)]!
    return parent - 1 === row ? -1 : parent - 1
  }

  /** The slot that holds a span of the batch, or the empty one where it would go. */
  #slotOf(table: SpanTable, hash: number, trace: number, high: number, low: number): number {
    const { values, width } = table.spans
    const mask = this.#rowsById.length - 1
    let slot = hash & mask
    for (;;) {
      const row = this.#rowsById[slot]! - 1
      if (row === -1) return slot
      const offset = row * width
      if (
        values[offset + SpanColumn.spanIdLow] === low &&
        values[offset + SpanColumn.spanIdHigh] === high &&
        values[offset + SpanColumn.traceIdWord] === trace
      ) {
        return slot
      }
      slot = (slot + 1) & mask
    }
  }
}

function hasId(table: SpanTable, row: number): boolean {
  return table.spans.get(row, SpanColumn.spanIdHigh) !== 0 || table.spans.get(row, SpanColumn.spanIdLow) !== 0
}
