import { setTimeout as sleep } from 'node:timers/promises'
import type { RetryConfig } from '../config/types.ts'
import type { DurableQueue } from '../queue/durable-queue.ts'
import type { QueueReader } from '../queue/queue-reader.ts'
import type { RateLimitedLogger } from '../telemetry/logger.ts'
import type { Telemetry } from '../telemetry/telemetry.ts'
import type { DeadLetters } from './dead-letters.ts'
import { type DeliveryParts, deliverRecord } from './delivery.ts'
import type { DestinationGroup } from './destination-group.ts'
import { Outage } from './outage.ts'
import type { Destination } from './types.ts'

interface QueuedDestination {
  readonly destination: Destination
  readonly retry: RetryConfig
}

export interface QueuedDestinationsParts {
  readonly queue: DurableQueue
  readonly destinations: readonly QueuedDestination[]
  readonly deadLetters: DeadLetters
  readonly telemetry: Telemetry
  readonly log: RateLimitedLogger
}

interface QueuedDestinations extends DestinationGroup {
  /** Delivers what it can until the deadline, and closes the queue. The destinations themselves stay open. */
  close(deadline: AbortSignal): Promise<void>
}

/** Destinations behind the durable queue, each at its own pace. */
export function startQueuedDestinations(parts: QueuedDestinationsParts): QueuedDestinations {
  const { queue } = parts
  const stop = new AbortController()
  const runs = parts.destinations.map(({ destination, retry }) => {
    const reader = queue.reader(destination.name)
    const outage = new Outage(destination.name, parts.log)
    return { reader, running: run(reader, { ...parts, destination, retry, outage }, stop.signal) }
  })
  return {
    async send(record, release) {
      await queue.append(record, release).catch((error: unknown) => {
        for (const { destination } of parts.destinations) {
          if (destination.accepts(record.signal)) {
            parts.telemetry.enqueueFailed[record.signal].add(record.itemCount, destination.name)
          }
        }
        throw error
      })
      return undefined
    },
    async close(deadline) {
      await drained(
        runs.map(({ reader }) => reader),
        deadline,
      )
      stop.abort()
      await Promise.all(runs.map(({ running }) => running))
      await queue.close()
    },
  }
}

/** Keeps up to `concurrency` records on their way until it is stopped. */
async function run(reader: QueueReader, parts: DeliveryParts, stop: AbortSignal): Promise<void> {
  const { destination } = parts
  const underWay = new Set<Promise<void>>()
  for (;;) {
    const lease = await reader.next(stop)
    if (lease === undefined) break
    const delivery = deliverRecord(lease.record, parts, stop).then((finished) => {
      if (finished) lease.done()
      else lease.abandon()
      underWay.delete(delivery)
    })
    underWay.add(delivery)
    if (underWay.size >= destination.concurrency) await Promise.race(underWay)
  }
  await Promise.all(underWay)
}

/** Resolves when every reader has caught up, or at the deadline. */
async function drained(readers: readonly QueueReader[], deadline: AbortSignal): Promise<void> {
  while (!deadline.aborted && !readers.every((reader) => reader.caughtUp)) await sleep(20)
}
