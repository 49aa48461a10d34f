import type { QueueRecord } from './record.ts'
import type { Position } from './segment.ts'

interface Entry {
  readonly record: QueueRecord
  readonly release: () => void
  /** How many readers have yet to take it. */
  awaited: number
  /** How many readers hold it now. */
  held: number
}

/**
 * Keeps the newest records in memory, up to a number of bytes, so that a destination that keeps up never reads the disk. One
 * that has fallen behind reads its records from the segment files.
 */
export class RecentRecords {
  readonly #maxBytes: number
  readonly #entries = new Map<number, Entry>()
  #bytes = 0

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  add(position: Position, record: QueueRecord, readers: number, release: () => void): void {
    if (readers === 0) {
      release()
      return
    }
    this.#entries.set(keyOf(position), { record, release, awaited: readers, held: 0 })
    this.#bytes += record.payload.byteLength
    this.#evict()
  }

  /** The record at a position, to be given back; `undefined` if it has to be read from disk. */
  take(position: Position): QueueRecord | undefined {
    const entry = this.#entries.get(keyOf(position))
    if (entry === undefined) return undefined
    entry.awaited -= 1
    entry.held += 1
    return entry.record
  }

  giveBack(position: Position): void {
    const key = keyOf(position)
    const entry = this.#entries.get(key)
    if (entry === undefined) return
    entry.held -= 1
    if (entry.held === 0 && entry.awaited === 0) this.#remove(key, entry)
  }

  clear(): void {
    for (const [key, entry] of this.#entries) this.#remove(key, entry)
  }

  #evict(): void {
    if (this.#bytes <= this.#maxBytes) return
    for (const [key, entry] of this.#entries) {
      if (entry.held === 0) this.#remove(key, entry)
      if (this.#bytes <= this.#maxBytes) return
    }
  }

  #remove(key: number, entry: Entry): void {
    this.#entries.delete(key)
    this.#bytes -= entry.record.payload.byteLength
    entry.release()
  }
}

/** Offsets stay below 2^31 and segment numbers below 2^22, so that both fit into one exact number. */
function keyOf({ segment, offset }: Position): number {
  return segment * 2 ** 31 + offset
}
