import type { RateLimitedLogger } from '../telemetry/logger.ts'
import type { Telemetry } from '../telemetry/telemetry.ts'
import type { QueueDestination } from './destination-books.ts'

/**
 * When an acknowledged record is on the disk itself and not only with the operating system.
 * `always`: before the acknowledgement; survives a power cut.
 * `interval`: within a second of it; survives the death of the process at any moment, a power cut may cost that second.
 * `never`: when the operating system likes; survives the death of the process.
 */
export type FsyncPolicy = 'always' | 'interval' | 'never'

export interface DurableQueueOptions {
  readonly directory: string
  /** Bytes on disk, over all destinations. */
  readonly maxBytes: number
  readonly fsync: FsyncPolicy
  /** Each has its own cursor; a segment is removed when all have passed it. */
  readonly destinations: readonly QueueDestination[]
  readonly telemetry: Telemetry
  readonly log: RateLimitedLogger
}
