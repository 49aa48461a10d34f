import { SpanColumn, type SpanTable } from '../otlp/span-table.ts'
import type { BatchCosts } from './batch-costs.ts'
import { RollUpStore } from './roll-up-store.ts'
import { isToldByOthers, mostTold, Told } from './told.ts'

/** So far up a call above is looked for. */
const HIGHEST = 64

/** Spans whose cost beneath is remembered between batches. */
export const ROLL_UP_CAPACITY: number = 65_536

/**
 * Inclusive cost without holding spans. Children end, and are exported, before their parents: a priced span adds its
 * cost to its parent's entry, and a span that passes takes what stands in its own and hands it on. Within a batch the
 * order doesn't matter; across batches a parent that came first stays without what came later (the ledger settles it).
 */
export class RollUp {
  readonly #store: RollUpStore
  /** Of each row the hash of its span. */
  #hashes = new Int32Array(512)
  /** Rows of the batch by span id, and of each row how many of its children are still to come. */
  #rowsById = new Int32Array(1024)
  #pendingChildren = new Int32Array(512)
  readonly #involved: number[] = []

  /** `memory`: from `sharedRollUpMemory`, for threads that see parts of the same traces. */
  constructor(capacity: number = ROLL_UP_CAPACITY, memory?: SharedArrayBuffer) {
    this.#store = new RollUpStore(capacity, memory)
  }

  snapshot(): Uint8Array {
    return this.#store.snapshot()
  }

  restore(snapshot: Uint8Array): void {
    this.#store.restore(snapshot)
  }

  /** Works out, from the own cost of the batch's priced spans, the inclusive cost of all above them. */
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
    // Children before parents. Those in a cycle, which only a broken sender makes, never get ready and are left out.
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
    const told = costs.told(row)
    let entry = this.#store.find(trace, high, low)
    const hasPricedBeneath = entry !== -1 && this.#store.hasPricedBeneath(entry)
    const toldBeneath = entry === -1 ? Told.nothing : this.#store.toldBeneath(entry)
    if (!hasPricedBeneath && toldBeneath === Told.nothing && told === Told.nothing) return
    if (entry === -1) entry = this.#store.add(trace, high, low)
    // A call above others that tell as much is a wrapper: it is theirs, and its own cost is not counted again. Not so where
    // they were made by a tool or an agent that it asked for, or looked up what it answers from.
    const isRepeated = isToldByOthers(told, toldBeneath)
    const inclusive = this.#store.beneath(entry) + (isRepeated ? 0 : (own ?? 0))
    if (hasPricedBeneath) costs.setInclusive(row, inclusive, isRepeated)
    else if (isRepeated) costs.repeat(row)
    const handedOn = this.#store.handOn(entry, inclusive)
    const parentHigh = values[offset + SpanColumn.parentIdHigh]!
    const parentLow = values[offset + SpanColumn.parentIdLow]!
    if (handedOn === undefined || (parentHigh === 0 && parentLow === 0)) return
    const isAnother = costs.isRun(row) || (told !== Told.nothing && this.#followsCallAbove(table, row, costs))
    const parent = this.#store.findOrAdd(trace, parentHigh, parentLow)
    this.#store.addBeneath(
      parent,
      handedOn,
      hasPricedBeneath || own !== undefined,
      isAnother ? Told.nothing : mostTold(told, toldBeneath),
    )
  }

  /**
   * Whether the call above had ended before this one began: its span was left current, and what comes next stands beneath
   * it, as by Semantic Kernel for Java.
   */
  #followsCallAbove(table: SpanTable, row: number, costs: BatchCosts): boolean {
    let above = this.#parentRow(table, row)
    for (let height = 0; above !== -1 && height < HIGHEST; height++) {
      if (costs.told(above) !== Told.nothing) return costs.follows(row, above)
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
      // Of a span that is there twice, or of several without an id, the first.
      if (this.#rowsById[slot] === 0) this.#rowsById[slot] = row + 1
    }
  }

  /** Marks the calls, the spans that something waits for, and all above either: in `pendingChildren`, one more than their children. */
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

  /** Marks a span and, as far as they are in the batch, the spans above it. */
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
