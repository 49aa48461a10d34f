const LARGEST_TABLE = 8192

/** An attribute name seen before, with where the span being read has it. */
export interface AttributeName {
  readonly text: string
  readonly bytes: Buffer
  /** The reading in which this name was last seen; anything older is stale. */
  reading: number
  /** The name's first KeyValue in that reading. */
  start: number
  end: number
}

/** Names in the order in which spans have had them. Spans of one emitter share a sequence, so the next name is easily guessed. */
interface Sequence {
  readonly before: Sequence | undefined
  readonly name: AttributeName | undefined
  /** Distinct names, worked out for a sequence that a span has ended with. */
  names: readonly string[] | undefined
  /** What followed last time. */
  guess: Sequence | undefined
  followers: Map<AttributeName, Sequence> | undefined
}

/**
 * Interns attribute names straight from bytes, so that reading a span neither allocates nor decodes a name twice.
 * Bounded: between two spans the table is emptied if it has grown beyond what real names need.
 */
export class AttributeNames {
  #reading = 0
  #byText = new Map<string, AttributeName>()
  #slots: (AttributeName | undefined)[] = new Array(1024)
  #mask = 1023
  #count = 0
  #sequence: Sequence = newSequence(undefined, undefined)
  #start: Sequence = this.#sequence
  #sequences = 0

  /** Starts a new span: forgets where the last one had its attributes. */
  nextReading(): void {
    this.#reading++
    if (this.#count > LARGEST_TABLE || this.#sequences > LARGEST_TABLE) {
      this.#byText = new Map()
      this.#slots = new Array(1024)
      this.#mask = 1023
      this.#count = 0
      this.#sequences = 0
      this.#start = newSequence(undefined, undefined)
    }
    this.#sequence = this.#start
  }

  /** Where the span being read has this attribute, if it does. */
  find(text: string): AttributeName | undefined {
    const name = this.#byText.get(text)
    return name !== undefined && name.reading === this.#reading ? name : undefined
  }

  /** Names of the span being read, each once: the same array for spans that have the same names in the same order. */
  names(): readonly string[] {
    this.#sequence.names ??= namesOf(this.#sequence)
    return this.#sequence.names
  }

  /** The span's next attribute has the name in [nameStart, nameEnd); its value can be found in [start, end). */
  note(source: Buffer, nameStart: number, nameEnd: number, start: number, end: number): AttributeName {
    const sequence = this.#sequence
    const guess = sequence.guess
    const next =
      guess?.name !== undefined && equals(guess.name.bytes, source, nameStart, nameEnd)
        ? guess
        : this.#follow(sequence, this.#intern(source, nameStart, nameEnd))
    this.#sequence = next
    const name = next.name!
    if (name.reading !== this.#reading) {
      name.reading = this.#reading
      name.start = start
      name.end = end
    }
    return name
  }

  #follow(sequence: Sequence, name: AttributeName): Sequence {
    sequence.followers ??= new Map()
    let next = sequence.followers.get(name)
    if (next === undefined) {
      next = newSequence(sequence, name)
      sequence.followers.set(name, next)
      this.#sequences++
    }
    sequence.guess = next
    return next
  }

  #intern(source: Buffer, start: number, end: number): AttributeName {
    let slot = hash(source, start, end) & this.#mask
    for (;;) {
      const name = this.#slots[slot]
      if (name === undefined) return this.#add(Buffer.from(source.subarray(start, end)), slot)
      if (equals(name.bytes, source, start, end)) return name
      slot = (slot + 1) & this.#mask
    }
  }

  #add(bytes: Buffer, slot: number): AttributeName {
    const text = bytes.toString('utf8')
    const name: AttributeName = { text, bytes, reading: 0, start: 0, end: 0 }
    // Two spellings of broken UTF-8 decode to the same text: the first keeps the look-up.
    if (!this.#byText.has(text)) this.#byText.set(text, name)
    this.#slots[slot] = name
    if (++this.#count * 2 > this.#mask) this.#grow()
    return name
  }

  #grow(): void {
    const old = this.#slots
    this.#mask = old.length * 2 - 1
    this.#slots = new Array(old.length * 2)
    for (const name of old) {
      if (name === undefined) continue
      let slot = hash(name.bytes, 0, name.bytes.length) & this.#mask
      while (this.#slots[slot] !== undefined) slot = (slot + 1) & this.#mask
      this.#slots[slot] = name
    }
  }
}

function newSequence(before: Sequence | undefined, name: AttributeName | undefined): Sequence {
  return { before, name, names: undefined, guess: undefined, followers: undefined }
}

function namesOf(sequence: Sequence): readonly string[] {
  const names: string[] = []
  for (let at: Sequence | undefined = sequence; at?.name !== undefined; at = at.before)
    names.push(at.name.text)
  return [...new Set(names.reverse())]
}

const seed = (Math.random() * 0x7fffffff) | 0

/** Seeded, so that a sender can't choose names that collide. */
function hash(bytes: Buffer, start: number, end: number): number {
  let value = seed ^ (end - start)
  for (let index = start; index < end; index++) value = Math.imul(value ^ bytes[index]!, 0x01000193)
  return (value ^ (value >>> 15)) >>> 0
}

function equals(known: Buffer, source: Buffer, start: number, end: number): boolean {
  if (known.length !== end - start) return false
  for (let index = 0; index < known.length; index++) if (known[index] !== source[start + index]) return false
  return true
}
