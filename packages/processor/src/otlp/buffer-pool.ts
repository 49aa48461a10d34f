const SMALLEST_CLASS = 12
const LARGEST_CLASS = 26
const MOST_KEPT_BYTES = 32 * 1024 * 1024

/**
 * Buffers by size class (powers of two from 4 KiB to 64 MiB), used again. A fresh buffer costs more than
 * everything else that is done to a batch: the page faults of a 0.6 MB one take longer than the splice.
 */
export class BufferPool {
  #free: Buffer[][] = []
  #keptBytes = 0

  /** A buffer of at least `size` bytes with arbitrary content. */
  acquire(size: number): Buffer {
    const sizeClass = classOf(size)
    if (sizeClass > LARGEST_CLASS) return Buffer.allocUnsafeSlow(size)
    const kept = this.#free[sizeClass]?.pop()
    if (kept === undefined) return Buffer.allocUnsafeSlow(2 ** sizeClass)
    this.#keptBytes -= kept.length
    return kept
  }

  /** Takes back a whole buffer that `acquire` gave. */
  release(buffer: Buffer): void {
    const sizeClass = classOf(buffer.length)
    if (sizeClass > LARGEST_CLASS) return
    // Full, perhaps of sizes that are no longer asked for: what is in use fills it again.
    if (this.#keptBytes > 0 && this.#keptBytes + buffer.length > MOST_KEPT_BYTES) {
      this.#free = []
      this.#keptBytes = 0
    }
    this.#free[sizeClass] ??= []
    this.#free[sizeClass].push(buffer)
    this.#keptBytes += buffer.length
  }
}

function classOf(size: number): number {
  return Math.max(SMALLEST_CLASS, 32 - Math.clz32(size - 1))
}
