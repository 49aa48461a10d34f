import { hexWord } from './hex-word.ts'
import type { JsonReader } from './json-reader.ts'
import type { SpanIdentity } from './span-identity.ts'

const QUOTE = 0x22

/** The ids of the span being read: the positions of their digits, or -1. A text is made only when it is asked for. */
export class JsonIds {
  readonly #reader: JsonReader
  #trace = -1
  #span = -1
  #parent = -1
  #identity: SpanIdentity | undefined

  constructor(reader: JsonReader) {
    this.#reader = reader
  }

  clear(): void {
    this.#trace = -1
    this.#span = -1
    this.#parent = -1
    this.#identity = undefined
  }

  readTraceId(): void {
    this.#trace = this.#read(32)
  }

  readSpanId(): void {
    this.#span = this.#read(16)
  }

  readParentSpanId(): void {
    this.#parent = this.#read(16)
  }

  /** Where the digits of the next value begin, or -1 if it doesn't have as many. */
  #read(digits: number): number {
    const reader = this.#reader
    if (reader.peek() !== QUOTE) {
      reader.skipValue()
      return -1
    }
    reader.string()
    return reader.end - reader.start === digits ? reader.start : -1
  }

  get traceId(): string {
    return this.#digits(this.#trace, 32)
  }

  get spanId(): string {
    return this.#digits(this.#span, 16)
  }

  get parentSpanId(): string {
    return this.#digits(this.#parent, 16)
  }

  /** The id in lower case; empty if there is none (-1), or if it is all zeros, which means none. */
  #digits(start: number, count: number): string {
    if (start === -1) return ''
    const id = this.#reader.bytes.toString('latin1', start, start + count).toLowerCase()
    return /[^0]/.test(id) ? id : ''
  }

  get identity(): SpanIdentity {
    this.#identity ??= [
      this.#word(this.#trace, 0),
      this.#word(this.#trace, 8),
      this.#word(this.#trace, 16),
      this.#word(this.#trace, 24),
      this.#word(this.#span, 0),
      this.#word(this.#span, 8),
    ]
    return this.#identity
  }

  #word(start: number, digit: number): number {
    return start === -1 ? 0 : hexWord(this.#reader.bytes, start + digit)
  }
}
