import type { AttributeBlock } from './attribute-block.ts'
import { LONGEST_NUMBER, numberText, writeNumber } from './json-number.ts'
import type { Splice } from './splice.ts'
import type { AttributeWriter } from './types.ts'

const MOST_KEPT = 1024

/** Appends attributes as JSON text, with a comma before each, to a splice's scratch bytes. */
export class JsonAttributeWriter implements AttributeWriter {
  readonly #splice: Splice
  /** What comes before a value, by name: the same few names are written again and again. */
  readonly #openings = new Map<string, string>()
  readonly #blocks = new WeakMap<AttributeBlock, EncodedBlock>()
  #text = ''

  constructor(splice: Splice) {
    this.#splice = splice
  }

  string(name: string, value: string): void {
    this.#append(name, stringValue(value))
  }

  double(name: string, value: number): void {
    this.#append(name, `{"doubleValue":${numberText(value)}}`)
  }

  int(name: string, value: number): void {
    this.#append(name, `{"intValue":"${value}"}`)
  }

  block(block: AttributeBlock, doubles: ArrayLike<number>): void {
    let encoded = this.#blocks.get(block)
    if (encoded === undefined) {
      encoded = encodeBlock(block)
      this.#blocks.set(block, encoded)
    }
    this.flush()
    const { bytes, doublesAt } = encoded
    const splice = this.#splice
    splice.reserve(bytes.length + doublesAt.length * LONGEST_NUMBER)
    const { scratch } = splice
    let end = splice.scratchLength
    let copied = 0
    for (let index = 0; index < doublesAt.length; index++) {
      const at = doublesAt[index]!
      bytes.copy(scratch, end, copied, at)
      end = writeNumber(scratch, end + at - copied, doubles[index]!)
      copied = at
    }
    bytes.copy(scratch, end, copied)
    splice.scratchLength = end + bytes.length - copied
  }

  /** Encodes the text that was written into the scratch bytes. */
  flush(): void {
    if (this.#text === '') return
    // UTF-8 takes at most three bytes for a UTF-16 code unit.
    this.#splice.reserve(this.#text.length * 3)
    this.#splice.scratchLength += this.#splice.scratch.write(this.#text, this.#splice.scratchLength)
    this.#text = ''
  }

  #append(name: string, value: string): void {
    let opening = this.#openings.get(name)
    if (opening === undefined) {
      opening = openingOf(name)
      if (this.#openings.size < MOST_KEPT) this.#openings.set(name, opening)
    }
    this.#text += `${opening}${value}}`
  }
}

/** A block's text without its doubles, and where these go. */
interface EncodedBlock {
  readonly bytes: Buffer
  readonly doublesAt: readonly number[]
}

function encodeBlock({ attributes }: AttributeBlock): EncodedBlock {
  const doublesAt: number[] = []
  let encoded = ''
  for (const [name, text] of attributes) {
    encoded += openingOf(name)
    if (text !== undefined) encoded += stringValue(text)
    else {
      encoded += '{"doubleValue":'
      doublesAt.push(Buffer.byteLength(encoded))
      encoded += '}'
    }
    encoded += '}'
  }
  return { bytes: Buffer.from(encoded), doublesAt }
}

function openingOf(name: string): string {
  return `,{"key":${JSON.stringify(name)},"value":`
}

function stringValue(text: string): string {
  return `{"stringValue":${JSON.stringify(text)}}`
}
