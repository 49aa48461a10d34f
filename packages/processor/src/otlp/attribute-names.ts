import { SpanShape } from './span-shape.ts'
import { viewOf } from './view-of.ts'

const LARGEST_TABLE = 8192
/** Of all names together; names that people think of take a quarter of it. */
const MOST_NAME_BYTES = 2 ** 20

/** An attribute name seen before. */
interface AttributeName {
  readonly text: string
  readonly bytes: Buffer
  /** The bytes four at a time, the last four overlapping those before; empty for a name of less. */
  readonly words: Int32Array
  readonly isListed: boolean
  /** Of a listed name: the one that followed last time. */
  guess: AttributeName | undefined
}

/**
 * Emitters that list messages, tools or documents with an attribute each name hardly two spans alike. Nothing is read from
 * such a list beyond its first item, so those names are left out of a span's shape.
 */
const LISTED =
  /^(gen_ai\.(prompt|completion)|llm\.((input|output)_messages|prompts|completions|tools|request\.functions)|retrieval\.documents|embedding\.embeddings)\.(.*\.)?[1-9]\d*\./

/** Whether a name stands for something in a list of content that is not its first item. */
export function isListed(name: string): boolean {
  return LISTED.test(name)
}

/** Names in the order in which spans have had them. Spans of one emitter share a sequence, so the next name is easily guessed. */
interface Sequence {
  readonly before: Sequence | undefined
  readonly name: AttributeName | undefined
  /** Worked out for a sequence that a span has ended with. */
  end: SequenceEnd | undefined
  /** What followed last time. */
  guess: Sequence | undefined
  followers: Map<AttributeName, Sequence> | undefined
}

export interface SequenceEnd {
  readonly shape: SpanShape
  /** Of each name of the shape: which of those attributes is the first to have it. */
  readonly firsts: Int32Array
  /** Of each attribute of the span that isn't listed: its name. */
  readonly texts: readonly string[]
}

/**
 * Interns attribute names straight from bytes, so that reading a span neither allocates nor decodes a name twice.
 * Bounded: between two spans the table is emptied if it has grown beyond what real names need.
 */
export class AttributeNames {
  #slots: (AttributeName | undefined)[] = new Array(1024)
  #mask = 1023
  #count = 0
  #nameBytes = 0
  #start: Sequence = newSequence(undefined, undefined)
  #sequence: Sequence = this.#start
  #sequences = 0
  #listed: AttributeName | undefined

  /** Starts a new span. */
  begin(): void {
    const isLarge = this.#count > LARGEST_TABLE || this.#sequences > LARGEST_TABLE
    if (isLarge || this.#nameBytes > MOST_NAME_BYTES) {
      this.#slots = new Array(1024)
      this.#mask = 1023
      this.#count = 0
      this.#nameBytes = 0
      this.#sequences = 0
      this.#start = newSequence(undefined, undefined)
    }
    this.#sequence = this.#start
    this.#listed = undefined
  }

  /**
   * The span's next attribute has the name in [start, end). `source` views a whole body. Returns the name if it is one in
   * a list, which is no part of the sequence.
   */
  note(source: DataView, start: number, end: number): string | undefined {
    const sequence = this.#sequence
    const guess = sequence.guess
    if (guess !== undefined && equals(guess.name!, source, start, end)) {
      this.#sequence = guess
      return undefined
    }
    const next = this.#listed?.guess
    const name =
      next !== undefined && equals(next, source, start, end) ? next : this.#intern(source, start, end)
    if (name.isListed) {
      if (this.#listed !== undefined) this.#listed.guess = name
      this.#listed = name
      return name.text
    }
    this.#sequence = this.#follow(sequence, name)
    return undefined
  }

  /** What follows from the names noted since `begin`: the same object for the same names in the same order. */
  end(): SequenceEnd {
    this.#sequence.end ??= endOf(this.#sequence)
    return this.#sequence.end
  }

  #follow(sequence: Sequence, name: AttributeName): Sequence {
    let next = sequence.followers?.get(name)
    if (next === undefined) {
      next = newSequence(sequence, name)
      this.#sequences++
      // Most names are followed by one and the same: no map is needed for that.
      if (sequence.guess !== undefined) {
        sequence.followers ??= new Map([[sequence.guess.name!, sequence.guess]])
        sequence.followers.set(name, next)
      }
    }
    sequence.guess = next
    return next
  }

  #intern(source: DataView, start: number, end: number): AttributeName {
    let slot = hash(source, start, end) & this.#mask
    for (;;) {
      const name = this.#slots[slot]
      if (name === undefined) return this.#add(source, start, end, slot)
      if (equals(name, source, start, end)) return name
      slot = (slot + 1) & this.#mask
    }
  }

  #add(source: DataView, start: number, end: number, slot: number): AttributeName {
    const bytes = Buffer.from(Buffer.from(source.buffer, source.byteOffset + start, end - start))
    const text = bytes.toString('utf8')
    const name = { text, bytes, words: wordsOf(bytes), isListed: isListed(text), guess: undefined }
    this.#slots[slot] = name
    this.#nameBytes += bytes.length
    if (++this.#count * 2 > this.#mask) this.#grow()
    return name
  }

  #grow(): void {
    const old = this.#slots
    this.#mask = old.length * 2 - 1
    this.#slots = new Array(old.length * 2)
    for (const name of old) {
      if (name === undefined) continue
      let slot = hash(viewOf(name.bytes), 0, name.bytes.length) & this.#mask
      while (this.#slots[slot] !== undefined) slot = (slot + 1) & this.#mask
      this.#slots[slot] = name
    }
  }
}

function newSequence(before: Sequence | undefined, name: AttributeName | undefined): Sequence {
  return { before, name, end: undefined, guess: undefined, followers: undefined }
}

function endOf(sequence: Sequence): SequenceEnd {
  const texts: string[] = []
  for (let at: Sequence | undefined = sequence; at?.name !== undefined; at = at.before)
    texts.push(at.name.text)
  texts.reverse()
  const shape = new SpanShape(texts)
  const firsts = new Int32Array(shape.names.length)
  for (let index = texts.length - 1; index >= 0; index--) firsts[shape.indexOf(texts[index]!)] = index
  return { shape, firsts, texts }
}

function wordsOf(bytes: Buffer): Int32Array {
  if (bytes.length < 4) return new Int32Array(0)
  const words = new Int32Array(Math.ceil(bytes.length / 4))
  const last = words.length - 1
  for (let index = 0; index < last; index++) words[index] = bytes.readInt32LE(index * 4)
  words[last] = bytes.readInt32LE(bytes.length - 4)
  return words
}

const seed = (Math.random() * 0x7fffffff) | 0

/** Seeded, so that a sender can't choose names that collide. */
function hash(source: DataView, start: number, end: number): number {
  let value = seed ^ (end - start)
  for (let index = start; index < end; index++) value = Math.imul(value ^ source.getUint8(index), 0x01000193)
  return (value ^ (value >>> 15)) >>> 0
}

/** Four bytes at a time: this runs for every attribute of every span that is read. */
function equals({ bytes, words }: AttributeName, source: DataView, start: number, end: number): boolean {
  const length = end - start
  if (bytes.length !== length) return false
  if (length < 4) {
    for (let index = 0; index < length; index++)
      if (bytes[index] !== source.getUint8(start + index)) return false
    return true
  }
  const last = words.length - 1
  if (source.getInt32(end - 4, true) !== words[last]) return false
  for (let index = 0, at = start; index < last; index++, at += 4)
    if (source.getInt32(at, true) !== words[index]) return false
  return true
}
