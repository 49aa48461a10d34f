/** So many calls are remembered, the last ones: the spans of one call end, and come, at nearly the same time. */
const CAPACITY = 16_384
/** Takes the remainder of a number by the capacity, a power of two, ten times as fast as dividing does. */
const REMAINDER = CAPACITY - 1
/** So many of a list are looked at. */
const LONGEST_LIST = 32

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
} as const
const BEFORE = 17
const WIDTH = 20

/** Each call is in three lists: that of its trace, that of the same answer, and that of the same question. */
export const CallList = { trace: 0, answered: 1, asked: 2 } as const
const HASHES: readonly number[] = [CallColumn.trace, CallColumn.answered, CallColumn.asked]

type ListNumber = (typeof CallList)[keyof typeof CallList]

/** Whether a call is what is sought for another one; both as places in `values`. */
export type IsSought = (values: Float64Array, other: number, call: number) => boolean

/**
 * The last calls, numbered from 1 on. They stand in one array that is written over in turn: objects that live so long would
 * cost more than all else that is done to a span.
 */
export class ToldCalls {
  readonly values: Float64Array = new Float64Array(CAPACITY * WIDTH)
  /** Of each list the last call, by its hash; a call names the one before it. */
  readonly #last = HASHES.map(() => new Float64Array(CAPACITY))
  #count = 0

  /** Where the values of a call are; those of the next one are to be written before it is added. */
  at(number: number = this.#count + 1): number {
    return (number & REMAINDER) * WIDTH
  }

  /** Returns the call's number. */
  add(): number {
    const number = ++this.#count
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
    const column = HASHES[list]!
    const hash = values[call + column]!
    let number = this.#last[list]![hash & REMAINDER]!
    for (let looked = 0; looked < LONGEST_LIST; looked++) {
      if (number === 0 || number <= this.#count - CAPACITY) break
      const at = this.at(number)
      if (values[at + column] === hash && isSought(values, at, call)) return number
      number = values[at + BEFORE + list]!
    }
    return 0
  }
}
