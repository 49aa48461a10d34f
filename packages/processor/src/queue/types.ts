import type { RateLimitedLogger } from '../telemetry/logger.ts'
import type { Telemetry } from '../telemetry/telemetry.ts'
import type { QueueDestination } from './destination-books.ts'

/**
 * When an acknowledged record is on the disk itself, and not only in the operating system's memory. In any case it survives a
 * crash of the process.
 * `always`: before the acknowledgement; it survives a power cut.
 * `interval`: within a second; a power cut may lose the records of that second.
 * `never`: when the operating system writes it.
 */
export type FsyncPolicy = 'always' | 'interval' | 'never'

export interface DurableQueueOptions {
  readonly directory: string
  /** Bytes on disk, for all destinations together. */
  readonly maxBytes: number
  readonly fsync: FsyncPolicy
  /** Each has its own cursor; a segment is removed when all are past it. */
  readonly destinations: readonly QueueDestination[]
  readonly telemetry: Telemetry
  readonly log: RateLimitedLogger
}
