import { freeMemory } from './free-memory.ts'

const SMALLEST_SIZE = 4 * 2 ** 10
const LARGEST_SIZE = 64 * 2 ** 20
const MOST_KEPT_BYTES = 64 * 2 ** 20

/**
 * Reuses buffers by size class (four classes between two powers of two, from 4 KiB to 64 MiB). A fresh buffer costs more than
 * everything else that is done to a batch: the page faults of one of 0.6 MB take longer than editing the batch.
 */
export class BufferPool {
  #free = new Map<number, Buffer[]>()
  #keptBytes = 0

  /** A buffer of at least `size` bytes with arbitrary content. */
  acquire(size: number): Buffer {
    if (size > LARGEST_SIZE) return Buffer.allocUnsafeSlow(size)
    const classSize = classSizeOf(size)
    const kept = this.#free.get(classSize)?.pop()
    if (kept === undefined) return Buffer.allocUnsafeSlow(classSize)
    this.#keptBytes -= classSize
    return kept
  }

  /** Takes back a whole buffer that `acquire` gave. */
  release(buffer: Buffer): void {
    const size = buffer.length
    // The pool may be full of sizes that are no longer asked for.
    if (this.#keptBytes + size > MOST_KEPT_BYTES) this.#freeAllBut(size)
    if (size > LARGEST_SIZE || this.#keptBytes + size > MOST_KEPT_BYTES) {
      freeMemory(buffer)
      return
    }
    const kept = this.#free.get(size) ?? []
    this.#free.set(size, kept)
    kept.push(buffer)
    this.#keptBytes += size
  }

  #freeAllBut(size: number): void {
    for (const [classSize, buffers] of this.#free) {
      if (classSize === size) continue
      for (const buffer of buffers) freeMemory(buffer)
      this.#keptBytes -= classSize * buffers.length
      this.#free.delete(classSize)
    }
  }
}

/** The size rounded up to a multiple of an eighth of the power of two above it. */
function classSizeOf(size: number): number {
  if (size <= SMALLEST_SIZE) return SMALLEST_SIZE
  const step = 2 ** (29 - Math.clz32(size - 1))
  return Math.ceil(size / step) * step
}
