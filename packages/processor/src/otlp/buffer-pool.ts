const SMALLEST_CLASS = 12
const LARGEST_CLASS = 26
const KEPT_BYTES_PER_CLASS = 32 * 1024 * 1024

/**
 * Buffers by size class (powers of two from 4 KiB to 64 MiB), used again. A fresh buffer costs more than
 * everything else that is done to a batch: the page faults of a 0.6 MB one take longer than the splice.
 */
export class BufferPool {
  readonly #free: Buffer[][] = []

  /** A buffer of at least `size` bytes with arbitrary content. */
  acquire(size: number): Buffer {
    const sizeClass = classOf(size)
    if (sizeClass > LARGEST_CLASS) return Buffer.allocUnsafeSlow(size)
    return this.#free[sizeClass]?.pop() ?? Buffer.allocUnsafeSlow(2 ** sizeClass)
  }

  /** Takes back a whole buffer that `acquire` gave. */
  release(buffer: Buffer): void {
    const sizeClass = classOf(buffer.length)
    if (sizeClass > LARGEST_CLASS) return
    this.#free[sizeClass] ??= []
    const free = this.#free[sizeClass]
    if (free.length < Math.max(1, KEPT_BYTES_PER_CLASS / 2 ** sizeClass)) free.push(buffer)
  }
}

function classOf(size: number): number {
  return Math.max(SMALLEST_CLASS, 32 - Math.clz32(size - 1))
}
