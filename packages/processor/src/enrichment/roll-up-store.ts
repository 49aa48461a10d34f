import { spanHash } from '../otlp/span-hash.ts'
import { mostReported } from './reported.ts'
import { ThreadLock } from './thread-lock.ts'

/** An entry's record: three words of key, one of flags, then two doubles. Half a cache line. */
const WORDS = 8
const DOUBLES = WORDS / 2
const RECORD_BYTES = 4 * WORDS
const FLAGS = 3
/** The doubles, in 10^-12 USD: the cost beneath the span, and how much of its inclusive cost it has handed on. */
const UNITS = 2
const HANDED_ON = 3

const CONTROL_BYTES = 32
/** Indexes of the control words. */
const Control = { lock: 0, young: 1, firstCount: 2, secondCount: 3, seed: 4 } as const

/** Memory for a store that several threads use. */
export function sharedRollUpMemory(capacity: number): SharedArrayBuffer {
  return new SharedArrayBuffer(CONTROL_BYTES + 2 * generationBytes(capacity))
}

function slotsFor(capacity: number): number {
  return Math.max(8, 2 ** Math.ceil(Math.log2(capacity * 2)))
}

/** A record and a byte of the filter for each slot. */
function generationBytes(capacity: number): number {
  return slotsFor(capacity) * (RECORD_BYTES + 1)
}

/** What is known of an entry's span. */
const Flag = { taken: 1, pricedBeneath: 2, passed: 4 } as const
/** Above these bits: how much the calls beneath report. */
const FLAG_BITS = 3
const FLAGS_ALONE = (1 << FLAG_BITS) - 1

/**
 * Costs beneath spans, by span id, in bounded memory: two generations of an open-addressing hash table. When the younger one
 * is full, it becomes the older one, and the old one is forgotten; entries that are used move to the younger one. Everything
 * is in typed arrays, so that looking up each span that passes allocates nothing, and so that threads can share it.
 */
export class RollUpStore {
  /** Held by whoever reads or writes the store. */
  readonly lock: ThreadLock
  readonly #capacity: number
  readonly #control: Int32Array
  readonly #generations: readonly [Generation, Generation]

  /**
   * @param capacity how many of the most recent spans are kept at least; at most twice as many.
   * @param memory from `sharedRollUpMemory` with the same capacity, for a store that several threads use.
   */
  constructor(capacity: number, memory?: SharedArrayBuffer) {
    this.#capacity = capacity
    const bytes = generationBytes(capacity)
    const buffer = memory ?? new ArrayBuffer(CONTROL_BYTES + 2 * bytes)
    this.#control = new Int32Array(buffer, 0, CONTROL_BYTES / 4)
    this.lock = new ThreadLock(this.#control, Control.lock)
    Atomics.compareExchange(this.#control, Control.seed, 0, (Math.random() * 0x7fffffff) | 1)
    this.#generations = [
      new Generation(capacity, buffer, CONTROL_BYTES, this.#control, Control.firstCount),
      new Generation(capacity, buffer, CONTROL_BYTES + bytes, this.#control, Control.secondCount),
    ]
  }

  get #young(): Generation {
    return this.#control[Control.young] === 0 ? this.#generations[0] : this.#generations[1]
  }

  get #old(): Generation {
    return this.#control[Control.young] === 0 ? this.#generations[1] : this.#generations[0]
  }

  get size(): number {
    return this.#young.count + this.#old.count
  }

  hashOf(trace: number, high: number, low: number): number {
    return spanHash(trace, high, low, this.#control[Control.seed])
  }

  /** False where no span with this hash has an entry, which is so for nearly all spans that pass. */
  mayHave(hash: number): boolean {
    return this.#generations[0].mayHave(hash) || this.#generations[1].mayHave(hash)
  }

  /** The entry of a span, moved into the younger generation; -1 if it has none. */
  find(trace: number, high: number, low: number): number {
    const hash = this.hashOf(trace, high, low)
    const entry = this.#young.find(hash, trace, high, low)
    if (entry >= 0) return entry
    const aged = this.#old.find(hash, trace, high, low)
    if (aged < 0) return -1
    const kept = {
      units: this.#old.units(aged),
      handedOn: this.#old.handedOn(aged),
      flags: this.#old.flags(aged),
    }
    return this.#put(this.add(trace, high, low), kept)
  }

  /** The entry of a span, made if there is none. Entries found earlier are no longer valid. */
  findOrAdd(trace: number, high: number, low: number): number {
    const entry = this.find(trace, high, low)
    return entry >= 0 ? entry : this.add(trace, high, low)
  }

  add(trace: number, high: number, low: number): number {
    if (this.#young.count >= this.#capacity) {
      this.#old.clear()
      this.#control[Control.young]! ^= 1
    }
    return this.#young.add(this.hashOf(trace, high, low), trace, high, low)
  }

  /** Cost beneath the span, in 10^-12 USD. */
  beneath(entry: number): number {
    return this.#young.units(entry)
  }

  hasPricedBeneath(entry: number): boolean {
    return (this.#young.flags(entry) & Flag.pricedBeneath) !== 0
  }

  /** The most that a call beneath the span reports, if neither a tool nor an agent stands between. */
  reportedBeneath(entry: number): number {
    return this.#young.flags(entry) >> FLAG_BITS
  }

  /** Adds what a span beneath has handed on. */
  addBeneath(entry: number, units: number, isPriced: boolean, reported: number): void {
    const young = this.#young
    young.setUnits(entry, young.units(entry) + units)
    const flags = young.flags(entry) | (isPriced ? Flag.pricedBeneath : 0)
    const most = mostReported(reported, flags >> FLAG_BITS)
    young.setFlags(entry, (flags & FLAGS_ALONE) | (most << FLAG_BITS))
  }

  /**
   * What the span has to hand on to its parent: its inclusive cost, less what it has handed on before. So a batch that is
   * sent twice counts once, and a cost that arrives late is handed on by itself. `undefined`: nothing new.
   */
  handOn(entry: number, units: number): number | undefined {
    const young = this.#young
    const difference = units - young.handedOn(entry)
    const flags = young.flags(entry)
    const passed = (flags & Flag.passed) !== 0
    young.setHandedOn(entry, units)
    young.setFlags(entry, flags | Flag.passed)
    return passed && difference === 0 ? undefined : difference
  }

  /** The entries as bytes, for `restore` after a restart. */
  snapshot(): Uint8Array {
    const parts = [...this.#old.rows(), ...this.#young.rows()]
    return new Uint8Array(Float64Array.from(parts.flat()).buffer)
  }

  /** Throws a RangeError on bytes that no `snapshot` gave. */
  restore(snapshot: Uint8Array): void {
    // A copy: a small file is read into a part of a buffer that others share.
    const numbers = new Float64Array(new Uint8Array(snapshot).buffer)
    if (numbers.length % Generation.rowLength !== 0) throw new RangeError('the roll-up snapshot is cut off')
    for (let row = 0; row < numbers.length; row += Generation.rowLength) {
      const [trace, high, low, units, handedOn, flags] = numbers.subarray(row, row + Generation.rowLength)
      this.#put(this.findOrAdd(trace!, high!, low!), { units: units!, handedOn: handedOn!, flags: flags! })
    }
  }

  #put(entry: number, values: { units: number; handedOn: number; flags: number }): number {
    this.#young.setUnits(entry, values.units)
    this.#young.setHandedOn(entry, values.handedOn)
    this.#young.setFlags(entry, values.flags | Flag.taken)
    return entry
  }
}

class Generation {
  static readonly rowLength = 6
  /** The records as words: the trace word, the high and the low word of the span id, the flags. */
  readonly #words: Int32Array
  /** The records as doubles, over the same memory. */
  readonly #doubles: Float64Array
  /**
   * A Bloom filter with eight bits for each slot. Nearly all spans that are looked up aren't in the table, and unlike the
   * table, the filter fits into the CPU's cache.
   */
  readonly #filter: Uint8Array
  readonly #control: Int32Array
  readonly #countWord: number
  readonly #mask: number

  constructor(
    capacity: number,
    buffer: ArrayBufferLike,
    offset: number,
    control: Int32Array,
    countWord: number,
  ) {
    const slots = slotsFor(capacity)
    this.#mask = slots - 1
    this.#control = control
    this.#countWord = countWord
    this.#words = new Int32Array(buffer, offset, slots * WORDS)
    this.#doubles = new Float64Array(buffer, offset, slots * DOUBLES)
    this.#filter = new Uint8Array(buffer, offset + RECORD_BYTES * slots, slots)
  }

  get count(): number {
    return this.#control[this.#countWord]!
  }

  clear(): void {
    this.#words.fill(0)
    this.#filter.fill(0)
    this.#control[this.#countWord] = 0
  }

  mayHave(hash: number): boolean {
    return this.count > 0 && (this.#filter[(hash >>> 3) & this.#mask]! & (1 << (hash & 7))) !== 0
  }

  /** The slot that holds the span, or -1. */
  find(hash: number, trace: number, high: number, low: number): number {
    if (!this.mayHave(hash)) return -1
    const words = this.#words
    let slot = hash & this.#mask
    for (;;) {
      const key = slot * WORDS
      if (words[key + FLAGS] === 0) return -1
      if (words[key + 2] === low && words[key + 1] === high && words[key] === trace) return slot
      slot = (slot + 1) & this.#mask
    }
  }

  /** Adds a span that isn't there yet. */
  add(hash: number, trace: number, high: number, low: number): number {
    this.#filter[(hash >>> 3) & this.#mask]! |= 1 << (hash & 7)
    let slot = hash & this.#mask
    const words = this.#words
    while (words[slot * WORDS + FLAGS] !== 0) slot = (slot + 1) & this.#mask
    const key = slot * WORDS
    words[key] = trace
    words[key + 1] = high
    words[key + 2] = low
    words[key + FLAGS] = Flag.taken
    this.setUnits(slot, 0)
    this.setHandedOn(slot, 0)
    this.#control[this.#countWord]!++
    return slot
  }

  flags(slot: number): number {
    return this.#words[slot * WORDS + FLAGS]!
  }

  setFlags(slot: number, flags: number): void {
    this.#words[slot * WORDS + FLAGS] = flags
  }

  units(slot: number): number {
    return this.#doubles[slot * DOUBLES + UNITS]!
  }

  setUnits(slot: number, units: number): void {
    this.#doubles[slot * DOUBLES + UNITS] = units
  }

  handedOn(slot: number): number {
    return this.#doubles[slot * DOUBLES + HANDED_ON]!
  }

  setHandedOn(slot: number, units: number): void {
    this.#doubles[slot * DOUBLES + HANDED_ON] = units
  }

  *rows(): Iterable<number[]> {
    for (let slot = 0; slot <= this.#mask; slot++) {
      if (this.flags(slot) === 0) continue
      const [trace, high, low] = this.#words.subarray(slot * WORDS)
      yield [trace!, high!, low!, this.units(slot), this.handedOn(slot), this.flags(slot)]
    }
  }
}
