import { ThreadLock } from './thread-lock.ts'

/** How many of the latest calls are remembered. The spans of one call end, and arrive, at nearly the same time. */
const CAPACITY = 16_384
/** A mask for numbers modulo the capacity, which is a power of two: ten times as fast as dividing. */
const REMAINDER = CAPACITY - 1
/** How many calls of a list are looked at. */
const LONGEST_LIST = 32
/** Slots for services. Services that share one seem to have several instrumentations, so that their calls are compared. */
const SERVICES = 4096
const SEVERAL = -1
/** Slots for the instrumentations of processes. Of those that share one, the latest has it. */
const INSTRUMENTATIONS = 4096

/** The memory begins with the lock and the seed as 32-bit words, followed by two counts. */
const Word = { lock: 0, seed: 1 } as const
const Count = { calls: 1, batches: 2 } as const
const COUNTS = 3

/** What is known of a call, as numbers. Texts are hashed; times are milliseconds since 1970. */
export const CallColumn = {
  batch: 0,
  row: 1,
  trace: 2,
  spanHigh: 3,
  spanLow: 4,
  scope: 5,
  service: 6,
  /** A hash of process, model and output (of short answers the input, too). */
  answered: 7,
  start: 8,
  end: 9,
  input: 10,
  cached: 11,
  output: 12,
  reasoning: 13,
  /** A score for how much the span reports about the call. */
  detail: 14,
  /** The number of the call that is counted instead, where another span reports the same call; else 0. */
  countedBy: 15,
  /** A hash of process, model and input. */
  asked: 16,
  process: 17,
  /** For a span that states what all calls of a run used: a hash of those calls' scope; else 0. */
  sumsUp: 18,
} as const
const BEFORE = 19
/** Numbers of a call: the columns above, then for each list the number of the call before it in that list. */
export const CALL_WIDTH = 22

/** Each call is in three lists: of its trace, of calls with the same answer, and of calls with the same question. */
export const CallList = { trace: 0, answered: 1, asked: 2 } as const
const HASHES: readonly number[] = [CallColumn.trace, CallColumn.answered, CallColumn.asked]

export type ListNumber = (typeof CallList)[keyof typeof CallList]

/** Whether `other` is what is sought for `call`. Both are offsets into `values`. */
export type IsSought = (values: Float64Array, other: number, call: number) => boolean

/** Memory for calls that several threads use. */
export function sharedRecentCallsMemory(): SharedArrayBuffer {
  return new SharedArrayBuffer(BYTES)
}

const BYTES =
  8 * (COUNTS + SERVICES + 2 * INSTRUMENTATIONS + HASHES.length * CAPACITY + CALL_WIDTH * CAPACITY)

/**
 * The latest calls, numbered from 1 on, in an array of which the oldest entries are overwritten. Objects that live this long
 * would cost more in garbage collection than everything else that is done to a span, and threads could not share them.
 */
export class RecentCalls {
  /** Held by whoever reads or writes calls. */
  readonly lock: ThreadLock
  /** For hashes, so that a sender can't choose ids that collide. */
  readonly seed: number
  readonly values: Float64Array
  readonly #counts: Float64Array
  /** For each service its instrumentation, or `SEVERAL`. */
  readonly #scopes: Float64Array
  /** For each instrumentation of a process its hash, and when its latest call began. */
  readonly #starts: Float64Array
  /** For each list, by hash: the number of the latest call in it. */
  readonly #last: readonly Float64Array[]

  /** @param memory from `sharedRecentCallsMemory`, for calls that several threads use. */
  constructor(memory: ArrayBufferLike = new ArrayBuffer(BYTES)) {
    let used = 0
    const take = (count: number): Float64Array => {
      const part = new Float64Array(memory, used * 8, count)
      used += count
      return part
    }
    this.#counts = take(COUNTS)
    this.#scopes = take(SERVICES)
    this.#starts = take(2 * INSTRUMENTATIONS)
    this.#last = HASHES.map(() => take(CAPACITY))
    this.values = take(CALL_WIDTH * CAPACITY)
    const words = new Int32Array(memory, 0, 2)
    this.lock = new ThreadLock(words, Word.lock)
    Atomics.compareExchange(words, Word.seed, 0, (Math.random() * 0x7fffffff) | 1)
    this.seed = words[Word.seed]!
  }

  get #count(): number {
    return this.#counts[Count.calls]!
  }

  /** Returns the number of a new batch. */
  beginBatch(): number {
    return ++this.#counts[Count.batches]!
  }

  /** Whether a service has other instrumentations, too. Most have one, so that none of their calls is reported twice. */
  hasOtherScopes(service: number, scope: number): boolean {
    const slot = service % SERVICES
    const known = this.#scopes[slot]!
    if (known === scope) return false
    this.#scopes[slot] = known === 0 ? scope : SEVERAL
    return known !== 0
  }

  /** When the latest call of an instrumentation of a process began; 0 if there was none. */
  latestStart(instrumentation: number): number {
    const place = 2 * (instrumentation % INSTRUMENTATIONS)
    return this.#starts[place] === instrumentation ? this.#starts[place + 1]! : 0
  }

  noteStart(instrumentation: number, start: number): void {
    const place = 2 * (instrumentation % INSTRUMENTATIONS)
    this.#starts[place] = instrumentation
    this.#starts[place + 1] = start
  }

  /** The offset of a call's values. */
  at(number: number): number {
    return (number & REMAINDER) * CALL_WIDTH
  }

  /** Copies a call from other values to where the next call is added. Returns its offset there. */
  write(values: Float64Array, from: number): number {
    const at = this.at(this.#count + 1)
    for (let column = 0; column < BEFORE; column++) this.values[at + column] = values[from + column]!
    return at
  }

  /** Adds the call that was written last to the lists. Returns its number. */
  add(): number {
    const number = ++this.#counts[Count.calls]!
    const at = this.at(number)
    for (let list = 0; list < HASHES.length; list++) {
      const last = this.#last[list]!
      const slot = this.values[at + HASHES[list]!]! & REMAINDER
      this.values[at + BEFORE + list] = last[slot]!
      last[slot] = number
    }
    return number
  }

  /** The number of the latest call in the same list as `call` that is sought for it; 0 if there is none. */
  find(list: ListNumber, call: number, isSought: IsSought): number {
    const { values } = this
    const count = this.#count
    const column = HASHES[list]!
    const hash = values[call + column]!
    let number = this.#last[list]![hash & REMAINDER]!
    for (let looked = 0; looked < LONGEST_LIST; looked++) {
      if (number === 0 || number <= count - CAPACITY) break
      const at = this.at(number)
      if (values[at + column] === hash && isSought(values, at, call)) return number
      number = values[at + BEFORE + list]!
    }
    return 0
  }
}
