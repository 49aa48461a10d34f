import type { BufferPool } from './buffer-pool.ts'

/**
 * Edits of a byte sequence, in ascending order of where they apply: each replaces the source range
 * [start, end) by bytes kept in a scratch buffer. What lies between is copied in one piece.
 */
export class Splice {
  /** What the edits insert; grown by `reserve`. */
  scratch: Buffer = Buffer.allocUnsafeSlow(64 * 1024)
  /** The same bytes, for numbers. */
  scratchView: DataView = new DataView(this.scratch.buffer)
  scratchLength = 0
  /** Rows of source start, source end, scratch start, scratch end. */
  #edits = new Int32Array(4 * 256)
  #count = 0

  clear(): void {
    this.#count = 0
    this.scratchLength = 0
  }

  /** Edits so far. */
  get count(): number {
    return this.#count
  }

  /** Takes back the edits from number `first` on. */
  undo(first: number): void {
    this.#count = first
  }

  /** Appends to the scratch bytes. */
  write(bytes: Uint8Array): void {
    this.reserve(bytes.length)
    this.scratch.set(bytes, this.scratchLength)
    this.scratchLength += bytes.length
  }

  /** Puts edits that were made in another order into that of the source. None may overlap. */
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

  /** Fills in what an earlier `replace` inserts: the scratch bytes written since `scratchStart`. */
  fill(edit: number, scratchStart: number): void {
    this.#edits[edit * 4 + 2] = scratchStart
    this.#edits[edit * 4 + 3] = this.scratchLength
  }

  /** By how many bytes the edits from number `first` on lengthen the source. */
  growth(first = 0): number {
    let growth = 0
    for (let row = first * 4; row < this.#count * 4; row += 4) growth += this.#growthOf(row)
    return growth
  }

  /**
   * The edited bytes, at the start of a buffer: of `memory`, which begins with the source and may be written over, where
   * they fit; otherwise of a pooled one.
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

  /** Whether every byte of the source ends up where it is or later, so that going backwards overwrites none unread. */
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

  /** From the last edit to the first; what stands before the first stays where it is. */
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
    // A length prefix is a byte or three: a loop beats the call.
    if (scratchEnd - scratchStart >= 8) this.scratch.copy(buffer, at, scratchStart, scratchEnd)
    else {
      for (let index = scratchStart; index < scratchEnd; index++)
        buffer[at + index - scratchStart] = this.scratch[index]!
    }
  }
}
