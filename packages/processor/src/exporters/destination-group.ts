import type { PartialSuccess } from '../protocol/export-response.ts'
import type { QueueRecord } from '../queue/record.ts'

/** All destinations together, as the receivers see them. */
export interface DestinationGroup {
  /**
   * Resolves when the record is safe: in the queue on disk, or, without a queue, answered for by every destination.
   * `release` is called once, when nobody needs the payload's memory any more.
   *
   * @throws QueueFullError, QueueUnavailableError, OtlpError
   */
  send(record: QueueRecord, release: () => void): Promise<PartialSuccess | undefined>
}
