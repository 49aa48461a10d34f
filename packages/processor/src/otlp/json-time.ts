import type { JsonReader } from './json-reader.ts'

const NANOSECONDS = 1_000_000_000

/** A time in nanoseconds since the Unix epoch, as digits with or without quotes. Kept exactly, in two numbers instead of a bigint. */
export class JsonTime {
  #seconds = 0
  #nanoseconds = 0

  clear(): void {
    this.#seconds = 0
    this.#nanoseconds = 0
  }

  /** Reads the next value; 0 if that is no time. */
  read(reader: JsonReader): void {
    this.clear()
    if (reader.skipNull()) return
    if (reader.peek() === 0x22) reader.string()
    else {
      reader.start = reader.position
      reader.skipValue()
      reader.end = reader.position
    }
    const { bytes, start, end } = reader
    if (end - start > 20) return
    let seconds = 0
    let nanoseconds = 0
    for (let index = start; index < end; index++) {
      const digit = bytes[index]! - 0x30
      if (digit < 0 || digit > 9) return
      if (end - index > 9) seconds = seconds * 10 + digit
      else nanoseconds = nanoseconds * 10 + digit
    }
    this.#seconds = seconds
    this.#nanoseconds = nanoseconds
  }

  get unixNano(): bigint {
    return BigInt(this.#seconds) * BigInt(NANOSECONDS) + BigInt(this.#nanoseconds)
  }

  /** To within a microsecond. */
  get unixMillis(): number {
    return (this.#seconds * NANOSECONDS + this.#nanoseconds) / 1e6
  }

  /** 0 if either time is unknown, or a clock ran backwards. */
  secondsTo(end: JsonTime): number {
    if (this.unixMillis === 0) return 0
    const nanoseconds = (end.#seconds - this.#seconds) * NANOSECONDS + end.#nanoseconds - this.#nanoseconds
    return Math.max(0, nanoseconds) / 1e9
  }
}
