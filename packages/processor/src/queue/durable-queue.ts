import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { BufferPool } from '../otlp/buffer-pool.ts'
import { lockDirectory } from './directory-lock.ts'
import {
  directoryError,
  isDiskFull,
  QueueFullError,
  QueueUnavailableError,
  RecordTooLargeError,
  writeError,
} from './errors.ts'
import { PostponedTask } from './postponed-task.ts'
import { QueueHealth } from './queue-health.ts'
import { QueueReader } from './queue-reader.ts'
import { QueueSpace } from './queue-space.ts'
import { ReaderGroup } from './reader-group.ts'
import { RecentRecords } from './recent-records.ts'
import { encodeRecordHeader, type QueueRecord, RECORD_HEADER_BYTES } from './record.ts'
import type { Segment } from './segment.ts'
import { SegmentList } from './segment-list.ts'
import { syncDirectory } from './sync-directory.ts'
import type { DurableQueueOptions } from './types.ts'

interface PendingAppend {
  readonly record: QueueRecord
  readonly header: Buffer
  readonly release: () => void
  readonly resolve: () => void
  readonly reject: (error: Error) => void
}

const FSYNC_DELAY_MS = 1_000
const CURSOR_DELAY_MS = 20
const PROBE_INTERVAL_MS = 1_000
const MAX_SEGMENT_BYTES = 64 * 2 ** 20
const MIN_SEGMENT_BYTES = 64 * 2 ** 10
const RECENT_BYTES = 16 * 2 ** 20
/** A record takes two buffers, and one `writev` takes at most 1,024. */
const MAX_GROUP_RECORDS = 256

/**
 * A write-ahead log between the acknowledgement and the destinations. Records are appended to numbered segment files, many at
 * a time (group commit). Each destination reads them in order, at its own pace.
 */
export class DurableQueue {
  readonly #options: DurableQueueOptions
  readonly #segments: SegmentList
  readonly #recent = new RecentRecords(RECENT_BYTES)
  readonly #pool = new BufferPool()
  readonly #readers = new ReaderGroup()
  readonly #segmentBytes: number
  readonly #health: QueueHealth
  readonly #space: QueueSpace
  readonly #lock: { release(): Promise<void> }
  readonly #cursorSaving = new PostponedTask(CURSOR_DELAY_MS, () => this.#saveCursors())
  readonly #syncing = new PostponedTask(FSYNC_DELAY_MS, () => void this.#sync())
  #probing: NodeJS.Timeout | undefined
  #pending: PendingAppend[] = []
  #pendingBytes = 0
  #flushing: Promise<void> | undefined
  #unsynced = false
  #closed = false

  private constructor(options: DurableQueueOptions, lock: { release(): Promise<void> }, health: QueueHealth) {
    this.#options = options
    this.#lock = lock
    this.#health = health
    this.#segments = new SegmentList(options.directory)
    this.#space = new QueueSpace(this.#segments, this.#readers, (error) =>
      this.#health.note('cannot remove a queue segment', error),
    )
    this.#segmentBytes = Math.max(
      MIN_SEGMENT_BYTES,
      Math.min(MAX_SEGMENT_BYTES, Math.floor(options.maxBytes / 8)),
    )
  }

  /** @throws QueueDirectoryError if the directory is in use or can't be used. */
  static async open(options: DurableQueueOptions): Promise<DurableQueue> {
    const lock = await lockDirectory(options.directory)
    try {
      const queue = new DurableQueue(options, lock, await QueueHealth.of(options.directory, options.log))
      await queue.#recover()
      queue.#probing = setInterval(() => void queue.#health.probe(), PROBE_INTERVAL_MS).unref()
      return queue
    } catch (error) {
      await lock.release()
      throw directoryError(options.directory, error as NodeJS.ErrnoException)
    }
  }

  /** Bytes on disk that can't be freed for new records. What only bystanders still need can. */
  get heldBytes(): number {
    return this.isDrained ? 0 : this.#segments.bytesFrom(this.#readers.firstAwaited())
  }

  get maxBytes(): number {
    return this.#options.maxBytes
  }

  /** Why the last write failed; `undefined` once a write, or a probe, has succeeded. */
  get failure(): Error | undefined {
    return this.#health.failure
  }

  /** Whether every destination, apart from bystanders, has finished with all records. */
  get isDrained(): boolean {
    return this.#readers.arePast(this.#segments.active)
  }

  reader(destination: string): QueueReader {
    return this.#readers.of(destination)
  }

  /**
   * Resolves when the record is as safe as the fsync policy asks for. `release` is called once, when nobody needs the payload's
   * memory any more, or at once if appending fails.
   *
   * @throws QueueFullError, RecordTooLargeError, QueueUnavailableError
   */
  append(record: QueueRecord, release: () => void): Promise<void> {
    const bytes = RECORD_HEADER_BYTES + record.payload.byteLength
    const error = this.#refusal(bytes)
    if (error !== undefined) {
      release()
      return Promise.reject(error)
    }
    this.#pendingBytes += bytes
    return new Promise((resolve, reject) => {
      this.#pending.push({ record, header: encodeRecordHeader(record), release, resolve, reject })
      this.#flushing ??= this.#flush()
    })
  }

  /** Waits for writes under way, ends the readers, saves the cursors, and unlocks the directory. */
  async close(): Promise<void> {
    this.#closed = true
    clearInterval(this.#probing)
    await this.#flushing
    for (const task of [this.#syncing, this.#cursorSaving]) task.close()
    await this.#sync()
    this.#saveCursors()
    await this.#readers.close()
    await this.#segments.close()
    this.#recent.clear()
    await this.#lock.release()
  }

  #refusal(bytes: number): Error | undefined {
    if (this.#closed) return new QueueUnavailableError('the processor is shutting down')
    if (this.#health.isLost) return this.#health.failure
    if (bytes > this.#options.maxBytes) return new RecordTooLargeError(this.#options.maxBytes)
    if (this.#hasRoom(bytes)) return undefined
    // Much may have been delivered already: finished segments are removed now, the open one is before the next write.
    this.#space.make(() => this.#hasRoom(bytes))
    if (this.#hasRoom(bytes)) return undefined
    if (
      this.#segments.active.size > 0 &&
      this.isDrained &&
      this.#pendingBytes + bytes <= this.#options.maxBytes
    )
      return undefined
    return new QueueFullError(this.#options.maxBytes)
  }

  async #recover(): Promise<void> {
    const { directory, destinations } = this.#options
    const cursors = join(directory, 'cursors')
    await mkdir(cursors, { recursive: true, mode: 0o700 })
    await this.#segments.recover()
    this.#options.telemetry.corruptSegments.add(this.#segments.all.filter(({ damaged }) => damaged).length)
    const start = { segment: (this.#segments.all[0] as Segment).number, offset: 0 }
    const end = { segment: this.#segments.active.number, offset: 0 }
    for (const destination of destinations) {
      const reader = await QueueReader.open({
        destination,
        cursorPath: join(cursors, `${destination.name}.cursor`),
        start,
        end,
        segments: this.#segments.all,
        recent: this.#recent,
        pool: this.#pool,
        telemetry: this.#options.telemetry,
        log: this.#options.log,
        onCommit: () => this.#cursorSaving.ask(),
      })
      this.#readers.add(destination.name, reader)
    }
    for (const path of [directory, cursors]) await syncDirectory(path)
    this.#space.removePassed()
  }

  async #flush(): Promise<void> {
    while (this.#pending.length > 0) {
      const group = this.#pending.splice(0, MAX_GROUP_RECORDS)
      const groupBytes = group.reduce(
        (sum, { record }) => sum + RECORD_HEADER_BYTES + record.payload.byteLength,
        0,
      )
      const error = await this.#write(group, groupBytes)
      this.#health.set(error)
      this.#pendingBytes -= groupBytes
      for (const { resolve, reject, release } of group) {
        if (error === undefined) resolve()
        else {
          release()
          reject(error)
        }
      }
      this.#readers.wake()
    }
    // Without an `await` since `#pending` was found empty: an append in between would wait for ever.
    this.#flushing = undefined
  }

  /** Returns why writing failed; the queue is then as before. */
  async #write(
    group: readonly PendingAppend[],
    groupBytes: number,
  ): Promise<QueueUnavailableError | undefined> {
    try {
      if (this.#needsNewSegment(groupBytes)) await this.#roll()
      await this.#writeToActive(group)
    } catch (error) {
      const { active } = this.#segments
      // Part of the group may have been written. It is cut off; a restart would take it for damage.
      await active.file.truncate(active.size).catch(() => undefined)
      if (isDiskFull(error as Error)) {
        await this.#sync()
        if (await this.#space.freeDisk()) return this.#write(group, groupBytes)
      }
      return writeError(this.#options.directory, error as NodeJS.ErrnoException)
    }
    this.#add(group)
    return undefined
  }

  #needsNewSegment(groupBytes: number): boolean {
    if (this.#segments.active.size >= this.#segmentBytes) return true
    return (
      this.#segments.active.size > 0 &&
      this.#segments.bytes + groupBytes > this.#options.maxBytes &&
      this.isDrained
    )
  }

  async #writeToActive(group: readonly PendingAppend[]): Promise<void> {
    const { active } = this.#segments
    await active.write(group.flatMap<Uint8Array>(({ header, record }) => [header, record.payload]))
    if (this.#options.fsync === 'always') await active.file.datasync()
    else this.#unsynced = true
    if (this.#options.fsync === 'interval') this.#syncing.ask()
  }

  #add(group: readonly PendingAppend[]): void {
    const segment = this.#segments.active
    for (const { record, release } of group) {
      this.#recent.add({ segment: segment.number, offset: segment.size }, record, this.#readers.size, release)
      segment.items[record.signal] += record.itemCount
      segment.size += RECORD_HEADER_BYTES + record.payload.byteLength
      this.#readers.received(record)
    }
  }

  async #roll(): Promise<void> {
    await this.#sync()
    await this.#segments.roll()
    if (this.#options.fsync !== 'never') await syncDirectory(this.#options.directory)
    this.#space.make(() => this.#hasRoom(0))
  }

  #hasRoom(bytes: number): boolean {
    return this.#segments.bytes + this.#pendingBytes + bytes <= this.#options.maxBytes
  }

  async #sync(): Promise<void> {
    if (!this.#unsynced || this.#options.fsync === 'never') return
    this.#unsynced = false
    await this.#segments.active.file
      .datasync()
      .catch((error: Error) => this.#health.note('cannot sync the sending queue', error))
  }

  #saveCursors(): void {
    try {
      this.#readers.saveCursors()
    } catch (error) {
      this.#health.note('cannot save the position of a destination', error as Error)
      this.#cursorSaving.ask()
    }
    this.#space.removePassed()
  }
}
