import { ThreadLock } from './thread-lock.ts'

/** So many calls are remembered, the last ones: the spans of one call end, and come, at nearly the same time. */
const CAPACITY = 16_384
/** Takes the remainder of a number by the capacity, a power of two, ten times as fast as dividing does. */
const REMAINDER = CAPACITY - 1
/** So many of a list are looked at. */
const LONGEST_LIST = 32
/** Places for services; those that share one are taken for one of several instrumentations, and looked at more closely. */
const SERVICES = 4096
const SEVERAL = -1
/** Places for instrumentations of processes, of which the one that was heard of last has it. */
const TELLERS = 4096

/** Places among the first numbers; the lock and the seed are 32-bit words. */
const Word = { lock: 0, seed: 1 } as const
const Count = { calls: 1, batches: 2 } as const
const COUNTS = 3

/** What is known of a call, in numbers: hashes, what stands for texts, milliseconds since 1970, tokens. */
export const CallColumn = {
  batch: 0,
  row: 1,
  trace: 2,
  spanHigh: 3,
  spanLow: 4,
  scope: 5,
  service: 6,
  /** Of process, model and counts. */
  answered: 7,
  start: 8,
  end: 9,
  input: 10,
  cached: 11,
  output: 12,
  reasoning: 13,
  /** How much the span tells of the call. */
  detail: 14,
  /** The number of the call by which it is counted, where another span tells of the same; else 0. */
  countedBy: 15,
  /** A hash of process, model and input. */
  asked: 16,
  process: 17,
  /** Of a span that states what all calls of a run used what stands for their scope; else 0. */
  sumsUp: 18,
} as const
const BEFORE = 19
/** So many numbers a call. */
export const CALL_WIDTH = 22

/** Each call is in three lists: that of its trace, that of the same answer, and that of the same question. */
export const CallList = { trace: 0, answered: 1, asked: 2 } as const
const HASHES: readonly number[] = [CallColumn.trace, CallColumn.answered, CallColumn.asked]

type ListNumber = (typeof CallList)[keyof typeof CallList]

/** Whether a call is what is sought for another one; both as places in `values`. */
export type IsSought = (values: Float64Array, other: number, call: number) => boolean

/** Memory for calls that several threads hear of. */
export function sharedToldCallsMemory(): SharedArrayBuffer {
  return new SharedArrayBuffer(BYTES)
}

const BYTES = 8 * (COUNTS + SERVICES + 2 * TELLERS + HASHES.length * CAPACITY + CALL_WIDTH * CAPACITY)

/**
 * The last calls, numbered from 1 on. They stand in one array that is written over in turn: objects that live so long would
 * cost more than all else that is done to a span, and threads could not share them.
 */
export class ToldCalls {
  /** Whatever reads or writes calls has it. */
  readonly lock: ThreadLock
  /** Of the hashes: a sender can't choose ids that collide. */
  readonly seed: number
  readonly values: Float64Array
  readonly #counts: Float64Array
  /** Of each service its instrumentation, or that there are several. */
  readonly #scopes: Float64Array
  /** Of each instrumentation of a process its number, and when the call began that was heard of last. */
  readonly #starts: Float64Array
  /** Of each list the last call, by its hash; a call names the one before it. */
  readonly #last: readonly Float64Array[]

  /** `memory`: from `sharedToldCallsMemory`, for calls that several threads hear of. */
  constructor(memory: ArrayBufferLike = new ArrayBuffer(BYTES)) {
    let used = 0
    const take = (count: number): Float64Array => {
      const part = new Float64Array(memory, used * 8, count)
      used += count
      return part
    }
    this.#counts = take(COUNTS)
    this.#scopes = take(SERVICES)
    this.#starts = take(2 * TELLERS)
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

  /** Whether other instrumentations of a service were heard of. Of most there is one: none of their calls is told again. */
  hasOtherScopes(service: number, scope: number): boolean {
    const slot = service % SERVICES
    const known = this.#scopes[slot]!
    if (known === scope) return false
    this.#scopes[slot] = known === 0 ? scope : SEVERAL
    return known !== 0
  }

  /** When the call began that an instrumentation of a process was the last to tell of; 0 where none was. */
  latestStart(teller: number): number {
    const place = 2 * (teller % TELLERS)
    return this.#starts[place] === teller ? this.#starts[place + 1]! : 0
  }

  noteStart(teller: number, start: number): void {
    const place = 2 * (teller % TELLERS)
    this.#starts[place] = teller
    this.#starts[place + 1] = start
  }

  /** Where the values of a call are. */
  at(number: number): number {
    return (number & REMAINDER) * CALL_WIDTH
  }

  /** Writes down the call that begins at a place of other values, as the one to be added next; returns where it is now. */
  write(values: Float64Array, from: number): number {
    const at = this.at(this.#count + 1)
    for (let column = 0; column < BEFORE; column++) this.values[at + column] = values[from + column]!
    return at
  }

  /** Adds what was written last; returns the call's number. */
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

  /** The number of the last call in the same list as another one that is sought for it; 0 where there is none. */
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
