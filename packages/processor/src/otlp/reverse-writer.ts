/** Writes protobuf from the last byte to the first, so that a message's length is known when its prefix is written. */
export class ReverseWriter {
  #buffer: Buffer
  #position: number

  constructor(expectedSize: number) {
    this.#buffer = Buffer.allocUnsafe(Math.max(1024, expectedSize))
    this.#position = this.#buffer.length
  }

  finish(): Buffer {
    return this.#buffer.subarray(this.#position)
  }

  /** How many bytes have been written: where, counted from the end, the next message will end. */
  mark(): number {
    return this.#buffer.length - this.#position
  }

  /** Writes the length of what has been written since `mark`. */
  length(mark: number): void {
    this.varint(this.mark() - mark)
  }

  bytes(bytes: Uint8Array): void {
    this.#prepend(bytes)
    this.varint(bytes.length)
  }

  /** Writes a whole number from 0 to 2^53 - 1. */
  varint(value: number): void {
    const groups: number[] = []
    let rest = value
    while (rest >= 0x80) {
      groups.push((rest % 128) | 0x80)
      rest = Math.floor(rest / 128)
    }
    groups.push(rest)
    this.#prepend(groups)
  }

  /** Negative numbers take ten bytes, as protobuf specifies. */
  int64(value: bigint): void {
    const groups: number[] = []
    let rest = BigInt.asUintN(64, value)
    while (rest >= 0x80n) {
      groups.push(Number(rest & 0x7fn) | 0x80)
      rest >>= 7n
    }
    groups.push(Number(rest))
    this.#prepend(groups)
  }

  double(value: number): void {
    this.#reserve(8)
    this.#position -= 8
    this.#buffer.writeDoubleLE(value, this.#position)
  }

  fixed32(value: number): void {
    this.#reserve(4)
    this.#position -= 4
    this.#buffer.writeUInt32LE(value, this.#position)
  }

  fixed64(value: bigint): void {
    this.#reserve(8)
    this.#position -= 8
    this.#buffer.writeBigUInt64LE(value, this.#position)
  }

  #prepend(bytes: ArrayLike<number>): void {
    this.#reserve(bytes.length)
    this.#position -= bytes.length
    this.#buffer.set(bytes, this.#position)
  }

  #reserve(size: number): void {
    if (size <= this.#position) return
    const written = this.mark()
    const grown = Buffer.allocUnsafe((written + size) * 2)
    this.#buffer.copy(grown, grown.length - written, this.#position)
    this.#position = grown.length - written
    this.#buffer = grown
  }
}
