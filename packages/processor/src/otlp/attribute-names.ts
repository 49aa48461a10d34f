import { SpanShape } from './span-shape.ts'
import { viewOf } from './view-of.ts'

const LARGEST_TABLE = 8192
/** Of all names together. Names that people have chosen take a quarter of it. */
const MOST_NAME_BYTES = 2 ** 20

/** An attribute name that was seen before. */
interface AttributeName {
  readonly text: string
  readonly bytes: Buffer
  /** The bytes as 32-bit words, of which the last may overlap the one before; empty for names of less than four bytes. */
  readonly words: Int32Array
  readonly isListed: boolean
  /** For a listed name: the one that followed it last time. */
  guess: AttributeName | undefined
}

/**
 * Some emitters list messages, tools or documents with attributes for each item, so that hardly two spans have the same names.
 * As nothing but the first item of such a list is ever read, the names of the others are left out of a span's shape.
 */
const LISTED =
  /^(gen_ai\.(prompt|completion)|llm\.((input|output)_messages|prompts|completions|tools|request\.functions)|retrieval\.documents|embedding\.embeddings)\.(.*\.)?[1-9]\d*\./

/** Whether a name belongs to such a list, and not to its first item. */
export function isListed(name: string): boolean {
  return LISTED.test(name)
}

/**
 * A sequence of names in the order in which spans have them. Spans of one emitter share a sequence, so the next name is easily
 * guessed.
 */
interface Sequence {
  readonly before: Sequence | undefined
  readonly name: AttributeName | undefined
  /** Set once a span has ended with this sequence. */
  end: SequenceEnd | undefined
  /** The sequence that followed last time. */
  guess: Sequence | undefined
  followers: Map<AttributeName, Sequence> | undefined
}

export interface SequenceEnd {
  readonly shape: SpanShape
  /** For each name of the shape: the index of the first attribute that has it. */
  readonly firsts: Int32Array
  /** For each attribute of the span that isn't listed: its name. */
  readonly texts: readonly string[]
}

/**
 * Interns attribute names straight from bytes, so that reading a span neither allocates memory nor decodes a known name. It is
 * bounded: between two spans the table is emptied if it has grown beyond what real names need.
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
   * Notes the name of the span's next attribute, which is in [start, end) of the source. Returns the name if it is a listed
   * one, which is no part of the sequence.
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

  /** What follows from the names since `begin`: the same object for the same names in the same order. */
  end(): SequenceEnd {
    this.#sequence.end ??= endOf(this.#sequence)
    return this.#sequence.end
  }

  #follow(sequence: Sequence, name: AttributeName): Sequence {
    let next = sequence.followers?.get(name)
    if (next === undefined) {
      next = newSequence(sequence, name)
      this.#sequences++
      // Most names are always followed by the same one: no map is needed for that.
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

/** Compares four bytes at a time: this runs for every attribute of every span that is read. */
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
