import type { BufferPool } from './buffer-pool.ts'

/**
 * Edits of a byte sequence, in ascending order: each replaces a range [start, end) of the source by bytes from a scratch buffer.
 * What is between two edits is copied in one piece.
 */
export class Splice {
  /** The bytes that the edits insert; `reserve` makes it grow. */
  scratch: Buffer = Buffer.allocUnsafeSlow(64 * 1024)
  /** The same bytes, for writing numbers. */
  scratchView: DataView = new DataView(this.scratch.buffer)
  scratchLength = 0
  /** Rows of source start, source end, scratch start, scratch end. */
  #edits = new Int32Array(4 * 256)
  #count = 0

  clear(): void {
    this.#count = 0
    this.scratchLength = 0
  }

  /** The number of edits so far. */
  get count(): number {
    return this.#count
  }

  /** Removes the edits from number `first` on. */
  undo(first: number): void {
    this.#count = first
  }

  /** Appends to the scratch bytes. */
  write(bytes: Uint8Array): void {
    this.reserve(bytes.length)
    this.scratch.set(bytes, this.scratchLength)
    this.scratchLength += bytes.length
  }

  /** Sorts edits that were not made in ascending order. They must not overlap. */
  sort(): void {
    const rows = Array.from({ length: this.#count }, (_, edit) => this.#edits.slice(edit * 4, edit * 4 + 4))
    rows.sort((a, b) => a[0]! - b[0]!)
    for (const [edit, row] of rows.entries()) this.#edits.set(row, edit * 4)
  }

  /** Makes room for `size` more scratch bytes. */
  reserve(size: number): void {
    const needed = this.scratchLength + size
    if (needed <= this.scratch.length) return
    const grown = Buffer.allocUnsafeSlow(Math.max(needed, this.scratch.length * 2))
    this.scratch.copy(grown, 0, 0, this.scratchLength)
    this.scratch = grown
    this.scratchView = new DataView(grown.buffer)
  }

  /** Replaces [start, end) by scratch bytes, which may have been written long before. Returns the edit's number. */
  replace(
    start: number,
    end: number,
    scratchStart: number = this.scratchLength,
    scratchEnd: number = this.scratchLength,
  ): number {
    if (this.#count * 4 === this.#edits.length) {
      const grown = new Int32Array(this.#edits.length * 2)
      grown.set(this.#edits)
      this.#edits = grown
    }
    const edit = this.#count++
    const row = edit * 4
    this.#edits[row] = start
    this.#edits[row + 1] = end
    this.#edits[row + 2] = scratchStart
    this.#edits[row + 3] = scratchEnd
    return edit
  }

  /** Makes an earlier edit insert the scratch bytes that were written since `scratchStart`. */
  fill(edit: number, scratchStart: number): void {
    this.#edits[edit * 4 + 2] = scratchStart
    this.#edits[edit * 4 + 3] = this.scratchLength
  }

  /** By how many bytes the edits from number `first` on make the source longer. */
  growth(first = 0): number {
    let growth = 0
    for (let row = first * 4; row < this.#count * 4; row += 4) growth += this.#growthOf(row)
    return growth
  }

  /**
   * Applies the edits. The result is at the start of `memory`, which begins with the source and may be overwritten, if it fits
   * there, otherwise at the start of a pooled buffer.
   */
  apply(source: Buffer, pool: BufferPool, memory?: Buffer): { buffer: Buffer; length: number } {
    const length = source.length + this.growth()
    if (memory !== undefined && length <= memory.length && this.#onlyMovesBack()) {
      this.#applyInPlace(memory, source.length, length)
      return { buffer: memory, length }
    }
    const buffer = pool.acquire(length)
    this.#copyInto(buffer, source)
    return { buffer, length }
  }

  /** Whether no byte of the source moves forward, so that going from the end to the start overwrites none before it is read. */
  #onlyMovesBack(): boolean {
    let growth = 0
    for (let row = 0; row < this.#count * 4; row += 4) {
      growth += this.#growthOf(row)
      if (growth < 0) return false
    }
    return true
  }

  #growthOf(row: number): number {
    return this.#edits[row + 3]! - this.#edits[row + 2]! - (this.#edits[row + 1]! - this.#edits[row]!)
  }

  /** From the last edit to the first; what is before the first edit stays where it is. */
  #applyInPlace(memory: Buffer, sourceLength: number, length: number): void {
    let read = sourceLength
    let write = length
    for (let row = (this.#count - 1) * 4; row >= 0; row -= 4) {
      const end = this.#edits[row + 1]!
      write -= read - end
      if (read > end && write > end) memory.copyWithin(write, end, read)
      const scratchStart = this.#edits[row + 2]!
      const scratchEnd = this.#edits[row + 3]!
      write -= scratchEnd - scratchStart
      this.#insert(memory, write, scratchStart, scratchEnd)
      read = this.#edits[row]!
    }
  }

  #copyInto(buffer: Buffer, source: Buffer): void {
    let read = 0
    let write = 0
    for (let row = 0; row < this.#count * 4; row += 4) {
      const start = this.#edits[row]!
      if (start > read) {
        source.copy(buffer, write, read, start)
        write += start - read
      }
      const scratchStart = this.#edits[row + 2]!
      const scratchEnd = this.#edits[row + 3]!
      this.#insert(buffer, write, scratchStart, scratchEnd)
      write += scratchEnd - scratchStart
      read = this.#edits[row + 1]!
    }
    source.copy(buffer, write, read)
  }

  #insert(buffer: Buffer, at: number, scratchStart: number, scratchEnd: number): void {
    // For a length prefix of a few bytes a loop is faster than a call of `copy`.
    if (scratchEnd - scratchStart >= 8) this.scratch.copy(buffer, at, scratchStart, scratchEnd)
    else {
      for (let index = scratchStart; index < scratchEnd; index++)
        buffer[at + index - scratchStart] = this.scratch[index]!
    }
  }
}
