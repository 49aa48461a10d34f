import { asBuffer } from './bytes.ts'
import { type JsonObject, parseJson } from './json.ts'

const QUOTE = 0x22
const COLON = 0x3a
const COMMA = 0x2c
const BACKSLASH = 0x5c

/** No name that is looked for is longer. */
const MAX_NAME_LENGTH = 64
/** A longer value is skipped. */
const MAX_VALUE_BYTES = 64 * 1024

/**
 * What to look for in a JSON text, or in one a line: these members of every object that is `depth` objects and arrays
 * deep.
 */
export interface RecordShape {
  readonly depth: number
  readonly names: readonly string[]
}

/**
 * Finds the records in a JSON text that passes in chunks, however long it is and wherever it is cut. Only the current
 * member is held.
 */
export class RecordScanner {
  readonly #shape: RecordShape
  readonly #onRecord: (record: JsonObject) => void
  #depth = 0
  #inString = false
  /** The next byte is part of an escape sequence that the last chunk began. */
  #isEscaped = false
  /** The last string at the depth of the records: a name, if a colon follows. */
  #name = ''
  #record: JsonObject | undefined
  /** The member whose value is passing, and its bytes. */
  #member: string | undefined
  #value: Buffer[] = []
  #valueBytes = 0

  constructor(shape: RecordShape, onRecord: (record: JsonObject) => void) {
    this.#shape = shape
    this.#onRecord = onRecord
  }

  write(chunk: Uint8Array): void {
    const bytes = asBuffer(chunk)
    let valueStart = 0
    for (let index = 0; index < bytes.length; ) {
      if (this.#inString) {
        index = this.#passString(bytes, index)
        continue
      }
      const byte = bytes[index]!
      const isClosing = byte === 0x7d || byte === 0x5d
      if (this.#depth === this.#shape.depth && (isClosing || byte === COMMA))
        this.#endMember(bytes.subarray(valueStart, index))
      if (byte === QUOTE) {
        this.#inString = true
        this.#name = ''
      } else if (byte === 0x7b || byte === 0x5b) this.#depth++
      else if (isClosing) this.#close()
      else if (byte === COLON && this.#beginMember()) valueStart = index + 1
      index++
    }
    this.#keep(bytes.subarray(valueStart))
  }

  /** @returns the index behind the closing quote, or the end. */
  #passString(bytes: Buffer, index: number): number {
    const start = this.#isEscaped ? index + 1 : index
    this.#isEscaped = false
    let quote = bytes.indexOf(QUOTE, start)
    while (quote !== -1 && isEscaped(bytes, quote, start)) quote = bytes.indexOf(QUOTE, quote + 1)
    const end = quote === -1 ? bytes.length : quote
    if (this.#depth === this.#shape.depth && this.#name.length + end - start <= MAX_NAME_LENGTH)
      this.#name += bytes.toString('latin1', start, end)
    if (quote === -1) this.#isEscaped = isEscaped(bytes, end, start)
    else this.#inString = false
    return quote === -1 ? end : quote + 1
  }

  #beginMember(): boolean {
    if (this.#depth !== this.#shape.depth || !this.#shape.names.includes(this.#name)) return false
    this.#member = this.#name
    return true
  }

  #keep(piece: Buffer): void {
    if (this.#member === undefined) return
    this.#valueBytes += piece.length
    // The chunk is the app's, to write into.
    if (this.#valueBytes <= MAX_VALUE_BYTES) this.#value.push(Buffer.from(piece))
  }

  #endMember(piece: Buffer): void {
    if (this.#member === undefined) return
    this.#keep(piece)
    this.#record ??= {}
    if (this.#valueBytes <= MAX_VALUE_BYTES)
      this.#record[this.#member] = parseJson(Buffer.concat(this.#value).toString('utf8'))
    this.#member = undefined
    this.#value = []
    this.#valueBytes = 0
  }

  #close(): void {
    if (this.#depth === this.#shape.depth && this.#record !== undefined) {
      this.#onRecord(this.#record)
      this.#record = undefined
    }
    this.#depth = Math.max(0, this.#depth - 1)
  }
}

/** Whether an odd number of backslashes stands before `index`, none of them before `from`. */
function isEscaped(bytes: Buffer, index: number, from: number): boolean {
  let start = index
  while (start > from && bytes[start - 1] === BACKSLASH) start--
  return (index - start) % 2 === 1
}
