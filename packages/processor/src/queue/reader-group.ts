import type { QueueReader } from './queue-reader.ts'
import type { QueueRecord } from './record.ts'
import type { Segment } from './segment.ts'

/** The readers of a queue, one for each destination. */
export class ReaderGroup {
  readonly #readers = new Map<string, QueueReader>()

  get size(): number {
    return this.#readers.size
  }

  add(destination: string, reader: QueueReader): void {
    this.#readers.set(destination, reader)
  }

  of(destination: string): QueueReader {
    const reader = this.#readers.get(destination)
    if (reader === undefined) throw new Error(`no such destination: ${destination}`)
    return reader
  }

  received(record: QueueRecord): void {
    for (const reader of this.#readers.values()) reader.received(record)
  }

  wake(): void {
    for (const reader of this.#readers.values()) reader.wake()
  }

  /** Number of the oldest segment that any destination still needs. */
  firstNeeded(): number {
    for (const reader of this.#readers.values()) reader.passEndOfSegment()
    return Math.min(...[...this.#readers.values()].map(({ committed }) => committed.segment))
  }

  /** The same, without bystanders. */
  firstAwaited(): number {
    return Math.min(...this.#awaited().map(({ committed }) => committed.segment))
  }

  /** Whether all readers, apart from bystanders, are at the end of the last segment. */
  arePast({ number, size }: Segment): boolean {
    return this.#awaited().every(({ committed }) => committed.segment === number && committed.offset === size)
  }

  /** Makes bystanders drop everything before a segment. */
  giveUpBefore(number: number): void {
    for (const reader of this.#readers.values()) if (reader.isBystander) reader.giveUpBefore(number)
  }

  saveCursors(): void {
    for (const reader of this.#readers.values()) reader.saveCursor()
  }

  async close(): Promise<void> {
    for (const reader of this.#readers.values()) await reader.close()
  }

  #awaited(): QueueReader[] {
    return [...this.#readers.values()].filter(({ isBystander }) => !isBystander)
  }
}
