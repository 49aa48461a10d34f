import { type AttributeBlock, eachAttribute } from './attribute-block.ts'
import type { Splice } from './splice.ts'
import type { AttributeWriter } from './types.ts'

const MOST_KEPT = 1024

/** Appends attributes as JSON text, a comma before each, to a splice's scratch bytes. */
export class JsonAttributeWriter implements AttributeWriter {
  readonly #splice: Splice
  /** What comes before the value: the same few names are written again and again. */
  readonly #openings = new Map<string, string>()
  #text = ''

  constructor(splice: Splice) {
    this.#splice = splice
  }

  string(name: string, value: string): void {
    this.#append(name, `{"stringValue":${JSON.stringify(value)}}`)
  }

  double(name: string, value: number): void {
    this.#append(name, `{"doubleValue":${Number.isFinite(value) ? value : `"${value}"`}}`)
  }

  int(name: string, value: number): void {
    this.#append(name, `{"intValue":"${value}"}`)
  }

  block(block: AttributeBlock, doubles: ArrayLike<number>): void {
    eachAttribute(block, doubles, (name, value) => {
      if (typeof value === 'string') this.string(name, value)
      else this.double(name, value)
    })
  }

  /** Puts what was written into the scratch bytes. */
  flush(): void {
    // Names and most values are ASCII; three bytes a character is the most that UTF-8 takes.
    this.#splice.reserve(this.#text.length * 3)
    this.#splice.scratchLength += this.#splice.scratch.write(this.#text, this.#splice.scratchLength)
    this.#text = ''
  }

  #append(name: string, value: string): void {
    let opening = this.#openings.get(name)
    if (opening === undefined) {
      opening = `{"key":${JSON.stringify(name)},"value":`
      if (this.#openings.size < MOST_KEPT) this.#openings.set(name, opening)
    }
    this.#text += `,${opening}${value}}`
  }
}
