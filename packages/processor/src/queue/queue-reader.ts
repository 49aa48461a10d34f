import { crc32 } from 'node:zlib'
import type { BufferPool } from '../otlp/buffer-pool.ts'
import { SIGNALS } from '../signals.ts'
import type { RateLimitedLogger } from '../telemetry/logger.ts'
import type { Telemetry } from '../telemetry/telemetry.ts'
import { Cursor } from './cursor.ts'
import { DestinationBooks, type LossReason, type QueueDestination } from './destination-books.ts'
import type { RecentRecords } from './recent-records.ts'
import { type QueueRecord, RECORD_HEADER_BYTES, type RecordHeader } from './record.ts'
import { type ItemCounts, noItems, type Position, type Segment } from './segment.ts'

/** A record on its way to one destination. */
export interface Lease {
  readonly record: QueueRecord
  /** The destination has finished with the record, one way or another: the cursor may move past it. */
  done(): void
  /** Delivery was stopped: the cursor stays before the record, which is delivered after the next start. */
  abandon(): void
}

export interface QueueReaderOptions {
  readonly destination: QueueDestination
  readonly cursorPath: string
  readonly start: Position
  readonly end: Position
  /** The queue's own list, shared: it grows and shrinks under the reader. */
  readonly segments: readonly Segment[]
  readonly recent: RecentRecords
  /** Buffers for records that are read back from disk. */
  readonly pool: BufferPool
  readonly telemetry: Telemetry
  readonly log: RateLimitedLogger
  /** Called when the committed position may have moved. */
  readonly onCommit: () => void
}

interface Outstanding {
  readonly after: Position
  finished: boolean
}

/**
 * One destination's view of the queue: it gives out records in order, several at a time, and has a committed position, which
 * moves past a record only when this and all before it are done.
 */
export class QueueReader {
  readonly #options: QueueReaderOptions
  readonly #cursor: Cursor
  readonly #books: DestinationBooks
  readonly #outstanding: Outstanding[] = []
  /** Items that were read or skipped in the current segment, to know how many the damaged rest of it holds. */
  #readInSegment: ItemCounts = noItems()
  #position: Position
  #committed: Position
  #saved: Position
  #wake: (() => void) | undefined
  #closed = false

  private constructor(options: QueueReaderOptions, cursor: Cursor, position: Position) {
    this.#options = options
    this.#cursor = cursor
    this.#books = new DestinationBooks(options.destination, options.telemetry, options.log)
    this.#position = position
    this.#committed = { ...position }
    this.#saved = { ...position }
  }

  static async open(options: QueueReaderOptions): Promise<QueueReader> {
    const { cursor, position } = await Cursor.open(options.cursorPath, options.start, options.end)
    const reader = new QueueReader(options, cursor, clamp(position, options))
    await reader.#countHeld()
    return reader
  }

  /** All records before this position are done. */
  get committed(): Readonly<Position> {
    return this.#committed
  }

  /** Bytes on disk that this destination still needs. */
  get heldBytes(): number {
    return this.#options.segments.reduce((total, { number, size }) => {
      if (number < this.#committed.segment) return total
      return total + (number === this.#committed.segment ? size - this.#committed.offset : size)
    }, 0)
  }

  get isBystander(): boolean {
    return this.#options.destination.isBystander === true
  }

  get caughtUp(): boolean {
    return this.heldBytes === 0
  }

  /** Called by the queue for each record that is appended. */
  received(record: QueueRecord): void {
    this.#books.receive(record.signal, record.itemCount)
  }

  wake(): void {
    this.#wake?.()
    this.#wake = undefined
  }

  /** Waits for the next record; `undefined` once the queue is closed or `signal` aborts. */
  async next(signal: AbortSignal): Promise<Lease | undefined> {
    while (!this.#closed && !signal.aborted) {
      const segment = this.#options.segments.find(({ number }) => number >= this.#position.segment)
      if (segment !== undefined && segment.number > this.#position.segment) this.#enterSegment(segment.number)
      if (segment === undefined || this.#position.offset >= segment.size) {
        const following = this.#options.segments.find(({ number }) => number > this.#position.segment)
        if (following !== undefined) this.#enterSegment(following.number)
        else await this.#appended(signal)
        continue
      }
      const lease = await this.#read(segment)
      if (lease === undefined) continue
      if (this.#options.destination.accepts(lease.record.signal)) return lease
      lease.done()
    }
    return undefined
  }

  /** Moves a committed position from the end of a finished segment to the start of the next. */
  passEndOfSegment(): void {
    for (const segment of this.#options.segments) {
      const isLast = segment === this.#options.segments.at(-1)
      if (isLast || segment.number !== this.#committed.segment || this.#committed.offset < segment.size)
        continue
      this.#committed = { segment: segment.number + 1, offset: 0 }
    }
  }

  /** Drops the records before a segment that were not read yet; those on their way to the destination are not affected. */
  giveUpBefore(number: number): void {
    for (const segment of this.#options.segments) {
      if (segment.number >= this.#position.segment && segment.number < number) {
        this.#loseRest(segment, 'queue_full')
        this.#enterSegment(segment.number + 1)
      }
    }
    while ((this.#outstanding[0]?.after.segment ?? number) < number) this.#outstanding.shift()
    if (this.#committed.segment < number) this.#committed = { segment: number, offset: 0 }
    this.#commit()
  }

  saveCursor(): void {
    this.passEndOfSegment()
    const { segment, offset } = this.#committed
    if (this.#saved.segment === segment && this.#saved.offset === offset) return
    this.#cursor.write(this.#committed)
    this.#saved = { segment, offset }
  }

  async close(): Promise<void> {
    this.#closed = true
    this.wake()
    await this.#cursor.close()
  }

  async #read(segment: Segment): Promise<Lease | undefined> {
    const position = this.#position
    const recent = this.#options.recent.take(position)
    if (recent !== undefined) {
      return this.#lease(recent, position, () => this.#options.recent.giveBack(position))
    }
    // A sector that can't be read counts as damage, too.
    const header = await segment.readHeader(position.offset).catch(() => undefined)
    if (this.#position !== position) return undefined
    if (header === undefined) {
      this.#skipRest(segment)
      return undefined
    }
    const buffer = this.#options.pool.acquire(header.payloadBytes)
    const payload = buffer.subarray(0, header.payloadBytes)
    const { bytesRead } = await segment.file
      .read(payload, 0, header.payloadBytes, position.offset + RECORD_HEADER_BYTES)
      .catch(() => ({ bytesRead: 0 }))
    const isGivenUp = this.#position !== position
    if (isGivenUp || bytesRead < header.payloadBytes || crc32(payload) !== header.payloadChecksum) {
      this.#options.pool.release(buffer)
      if (!isGivenUp) this.#skipRecord(segment, header)
      return undefined
    }
    return this.#lease({ ...header, payload }, position, () => this.#options.pool.release(buffer))
  }

  #lease(record: QueueRecord, position: Position, giveBack: () => void): Lease {
    const outstanding = this.#advance(position.offset + RECORD_HEADER_BYTES + record.payload.byteLength)
    this.#readInSegment[record.signal] += record.itemCount
    return {
      record,
      done: () => {
        giveBack()
        this.#books.release(record.signal, record.itemCount)
        this.#finish(outstanding)
      },
      abandon: giveBack,
    }
  }

  #advance(offset: number): Outstanding {
    this.#position = { segment: this.#position.segment, offset }
    const outstanding = { after: this.#position, finished: false }
    this.#outstanding.push(outstanding)
    return outstanding
  }

  #finish(outstanding: Outstanding): void {
    outstanding.finished = true
    this.#commit()
  }

  #commit(): void {
    while (this.#outstanding[0]?.finished === true) {
      this.#committed = { ...(this.#outstanding.shift() as Outstanding).after }
    }
    this.#options.onCommit()
  }

  #skipRecord(segment: Segment, header: RecordHeader): void {
    this.#markDamaged(segment)
    this.#readInSegment[header.signal] += header.itemCount
    this.#books.lose(header.signal, header.itemCount, 'corrupt')
    this.#finish(this.#advance(this.#position.offset + RECORD_HEADER_BYTES + header.payloadBytes))
  }

  #skipRest(segment: Segment): void {
    this.#markDamaged(segment)
    this.#loseRest(segment, 'corrupt')
    this.#finish(this.#advance(segment.size))
  }

  #loseRest(segment: Segment, reason: LossReason): void {
    const read = segment.number === this.#position.segment ? this.#readInSegment : noItems()
    for (const signal of SIGNALS) this.#books.lose(signal, segment.items[signal] - read[signal], reason)
  }

  #markDamaged(segment: Segment): void {
    if (!segment.damaged) this.#options.telemetry.corruptSegments.add(1)
    segment.damaged = true
  }

  #enterSegment(number: number): void {
    this.#position = { segment: number, offset: 0 }
    this.#readInSegment = noItems()
  }

  /** Counts what an earlier run has left undelivered as received, or the books would not balance. */
  async #countHeld(): Promise<void> {
    for (const segment of this.#options.segments) {
      if (segment.number < this.#position.segment) continue
      const passed = noItems()
      let offset = 0
      while (segment.number === this.#position.segment && offset < this.#position.offset) {
        const header = await segment.readHeader(offset)
        if (header === undefined) break
        passed[header.signal] += header.itemCount
        offset += RECORD_HEADER_BYTES + header.payloadBytes
      }
      if (segment.number === this.#position.segment) this.#readInSegment = passed
      for (const signal of SIGNALS) {
        const held = segment.items[signal] - passed[signal]
        this.#books.receive(signal, held)
      }
    }
  }

  #appended(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const woken = () => {
        signal.removeEventListener('abort', woken)
        resolve()
      }
      this.#wake = woken
      signal.addEventListener('abort', woken, { once: true })
    })
  }
}

/** Moves a position that isn't there any more: its segment was removed by hand, or the end of it was lost in a power cut. */
function clamp(position: Position, { start, end, segments }: QueueReaderOptions): Position {
  if (position.segment < start.segment) return { ...start }
  if (position.segment > end.segment) return { ...end }
  const segment = segments.find(({ number }) => number >= position.segment)
  if (segment === undefined || segment.number > position.segment) {
    return { segment: segment?.number ?? end.segment, offset: 0 }
  }
  return { segment: segment.number, offset: Math.min(position.offset, segment.size) }
}
