import { InvalidTracesError } from './errors.ts'
import { arePlain, escapeEnd, isPlain } from './json-characters.ts'
import { isAt, phrase } from './json-phrase.ts'
import { viewOf } from './view-of.ts'

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COMMA = 0x2c
const COLON = 0x3a
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d
const OPEN_BRACKET = 0x5b
const CLOSE_BRACKET = 0x5d

const DEEPEST = 512

const OPENS_KEY = phrase('{"key":"')
const OPENS_VALUE = phrase('","value":{"')
const STRING_VALUE = phrase('stringValue"')
const SHORTEST_KEY_VALUE = 24

const literals = [Buffer.from('true'), Buffer.from('false'), Buffer.from('null')] as const

/** A cursor over JSON bytes that checks the grammar and builds no objects. */
export class JsonReader {
  bytes: Buffer = Buffer.alloc(0)
  /** The same bytes, for reading four of them at once. */
  view: DataView = new DataView(new ArrayBuffer(0))
  position = 0
  /** The string that was read last: its content between the quotes. */
  start = 0
  end = 0
  escaped = false
  /** The attribute that `compactKeyValue` has skipped. */
  keyStart = 0
  keyEnd = 0
  valueStart = 0
  valueEnd = 0
  #depth = 0

  begin(bytes: Buffer): void {
    this.bytes = bytes
    this.view = viewOf(bytes)
    this.seek(0)
  }

  /** Moves to where a value begins. */
  seek(position: number): void {
    this.position = position
    this.#depth = 0
  }

  /** The next byte that is not white space; -1 at the end. */
  peek(): number {
    const { bytes } = this
    let { position } = this
    for (;;) {
      const byte = bytes[position]
      if (byte === undefined) {
        this.position = position
        return -1
      }
      if (byte > 0x20 || (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09)) {
        this.position = position
        return byte
      }
      position++
    }
  }

  /** Enters an object. Returns false if it is empty, and has been left already: `if (openObject()) do { name() ... } while (moreMembers())`. */
  openObject(): boolean {
    return this.#open(OPEN_BRACE, CLOSE_BRACE, 'an object')
  }

  moreMembers(): boolean {
    return this.#more(CLOSE_BRACE)
  }

  openArray(): boolean {
    return this.#open(OPEN_BRACKET, CLOSE_BRACKET, 'an array')
  }

  moreElements(): boolean {
    return this.#more(CLOSE_BRACKET)
  }

  #open(opening: number, closing: number, expected: string): boolean {
    if (this.peek() !== opening) this.fail(`${expected} expected`)
    this.position++
    if (this.peek() === closing) {
      this.position++
      return false
    }
    if (++this.#depth > DEEPEST) this.fail('nested too deep')
    return true
  }

  #more(closing: number): boolean {
    const byte = this.peek()
    this.position++
    if (byte === COMMA) return true
    if (byte !== closing) this.fail('a comma or the end of a list expected')
    this.#depth--
    return false
  }

  /** Reads a member's name and its colon. */
  name(): void {
    this.string()
    if (this.peek() !== COLON) this.fail('a colon expected')
    this.position++
  }

  /** Reads a string; its content is then in [start, end), escaped or not. */
  string(): void {
    if (this.peek() !== QUOTE) this.fail('a string expected')
    const { bytes } = this
    let position = this.position + 1
    this.start = position
    this.escaped = false
    for (;;) {
      position = this.#skipPlain(position)
      const byte = bytes[position]
      if (byte === QUOTE) break
      const end = byte === BACKSLASH ? escapeEnd(bytes, position) : -1
      if (end === -1) this.#failInString(position)
      this.escaped = true
      position = end
    }
    this.end = position
    this.position = position + 1
  }

  /** Where the first byte that isn't plain is; looks at four bytes at a time. */
  #skipPlain(from: number): number {
    const { bytes, view } = this
    const lastWord = bytes.length - 4
    let position = from
    while (position <= lastWord && arePlain(view.getInt32(position, true))) position += 4
    while (isPlain[bytes[position]!] === 1) position++
    return position
  }

  #failInString(position: number): never {
    this.position = position
    this.fail(position >= this.bytes.length ? 'a string without an end' : 'a character that must be escaped')
  }

  /** Whether the string that was read last is this one. */
  is(expected: Uint8Array): boolean {
    if (this.escaped) return Buffer.from(this.text()).equals(expected)
    if (this.end - this.start !== expected.length) return false
    for (let index = 0; index < expected.length; index++) {
      if (this.bytes[this.start + index] !== expected[index]) return false
    }
    return true
  }

  /**
   * Skips an attribute that is printed as nearly every encoder does it, `{"key":"...","value":{"...":...}}` without white space,
   * and notes where its key and its value are. Returns false, having read nothing, if it is printed differently.
   */
  compactKeyValue(): boolean {
    const { bytes, view, position: start } = this
    if (start + SHORTEST_KEY_VALUE > bytes.length || !isAt(view, start, OPENS_KEY)) return false
    let at = this.#skipPlain(start + 8)
    this.keyStart = start + 8
    this.keyEnd = at
    if (at + 24 > bytes.length || !isAt(view, at, OPENS_VALUE)) return false
    this.valueStart = at + 10
    at += 12
    if (isAt(view, at, STRING_VALUE)) at += 11
    else while (isPlain[bytes[at]!] === 1) at++
    if (bytes[at] === QUOTE && bytes[at + 1] === COLON) {
      this.position = at + 2
      this.skipValue()
      at = this.position
      if (bytes[at] === CLOSE_BRACE && bytes[at + 1] === CLOSE_BRACE) {
        this.valueEnd = at + 1
        this.position = at + 2
        return true
      }
    }
    this.position = start
    return false
  }

  /** The string that was read last, unescaped. */
  text(): string {
    if (!this.escaped) return this.bytes.toString('utf8', this.start, this.end)
    return this.parse(this.start - 1, this.end + 1) as string
  }

  /** Skips a value of any type. */
  skipValue(): void {
    const byte = this.peek()
    if (byte === QUOTE) this.string()
    else if (byte === OPEN_BRACE) {
      if (this.openObject()) {
        do {
          this.name()
          this.skipValue()
        } while (this.moreMembers())
      }
    } else if (byte === OPEN_BRACKET) {
      if (this.openArray()) {
        do this.skipValue()
        while (this.moreElements())
      }
    } else this.#skipScalar(byte)
  }

  #skipScalar(first: number): void {
    const { bytes } = this
    if (first === 0x2d || (first >= 0x30 && first <= 0x39)) {
      const start = this.position++
      while (isDigit(bytes[this.position])) this.position++
      const isPlain = !isNumberByte(bytes[this.position])
      // Plain digits need no check; the rarer forms (-1, 1.5, 1e9) are checked by the pattern.
      if (isPlain && (this.position - start === 1 ? first !== 0x2d : first > 0x30)) return
      while (isNumberByte(bytes[this.position])) this.position++
      if (!/^-?(0|[1-9]\d*)(\.\d+)?(e[+-]?\d+)?$/i.test(bytes.toString('latin1', start, this.position))) {
        this.fail('a malformed number')
      }
      return
    }
    for (const literal of literals) {
      if (!startsWith(bytes, this.position, literal)) continue
      this.position += literal.length
      return
    }
    this.fail('a value expected')
  }

  /** Skips the next value if it is `null`, which stands for a member that is left out. */
  skipNull(): boolean {
    if (this.peek() !== 0x6e) return false
    this.skipValue()
    return true
  }

  /** The JSON value in [start, end). */
  parse(start: number, end: number): unknown {
    try {
      return JSON.parse(this.bytes.toString('utf8', start, end))
    } catch (cause) {
      throw new InvalidTracesError(`malformed JSON near byte ${start}`, { cause })
    }
  }

  fail(problem: string): never {
    throw new InvalidTracesError(`malformed JSON at byte ${this.position}: ${problem}`)
  }
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39
}

function isNumberByte(byte: number | undefined): boolean {
  return isDigit(byte) || byte === 0x2e || byte === 0x65 || byte === 0x45 || byte === 0x2b || byte === 0x2d
}

function startsWith(bytes: Buffer, start: number, expected: Buffer): boolean {
  for (let index = 0; index < expected.length; index++) {
    if (bytes[start + index] !== expected[index]) return false
  }
  return true
}
