import type { PartialSuccess } from '../protocol/export-response.ts'
import type { QueueRecord } from '../queue/record.ts'

/** All destinations together, as a receiver sees them. */
export interface DestinationGroup {
  /**
   * Resolves when the record is safe: in the queue on disk, or, without a queue, answered for by every destination.
   * `release` is called once, when the payload's memory is free again.
   *
   * @throws QueueFullError, QueueUnavailableError, OtlpError
   */
  send(record: QueueRecord, release: () => void): Promise<PartialSuccess | undefined>
  /** Delivers what it can until the deadline; the destinations themselves stay open. Returns whether all that was acknowledged is delivered or on disk. */
  close(deadline: AbortSignal): Promise<boolean>
}
