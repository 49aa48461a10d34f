import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Config, RetryConfig } from '../config/types.ts'
import { DurableQueue } from '../queue/durable-queue.ts'
import type { RateLimitedLogger } from '../telemetry/logger.ts'
import type { Telemetry } from '../telemetry/telemetry.ts'
import { DeadLetters } from './dead-letters.ts'
import type { DestinationGroup } from './destination-group.ts'
import { createDirectDestinations } from './direct-destinations.ts'
import { LEDGER_RETRY } from './ledger-destination.ts'
import { startQueuedDestinations } from './queued-destinations.ts'
import { createReloadableExporter, type ReloadableExporter } from './reloadable-exporter.ts'
import type { Destination } from './types.ts'

export interface OpenDestinationsParts {
  readonly telemetry: Telemetry
  readonly log: RateLimitedLogger
  /** The ledger as a destination, where there is one. */
  readonly ledger: Destination | undefined
}

/** The destinations of a configuration, with the queue in front of them. */
export interface Destinations extends DestinationGroup {
  /** Why requests would be refused now; empty if they would not. */
  notReady(): readonly string[]
  /** Brings the gauges up to date before they are read. */
  measure(): void
  /** Reads the certificates again, and returns what takes them over. @throws if one is wrong. */
  prepareReload(): () => void
  /** Delivers until the deadline; the rest stays on disk. */
  close(deadline: AbortSignal): Promise<void>
}

/** Above this share of its limit the queue is about to refuse records: the processor is no longer ready. */
const READY_SHARE = 0.95

/** @throws QueueDirectoryError */
export async function openDestinations(config: Config, parts: OpenDestinationsParts): Promise<Destinations> {
  const exporters = config.exporters.map((exporter) => ({
    destination: createReloadableExporter(exporter, parts.log),
    retry: exporter.retry,
  }))
  const opened = await (config.sendingQueue.enabled
    ? openQueued(config, exporters, parts)
    : openDirect(exporters, parts))
  return {
    ...opened,
    prepareReload() {
      const takeOver = exporters.map(({ destination }) => destination.prepareReload())
      return () => {
        for (const one of takeOver) one()
      }
    },
  }
}

type OpenedDestinations = Omit<Destinations, 'prepareReload'>

interface ExporterWithRetry {
  readonly destination: ReloadableExporter
  readonly retry: RetryConfig
}

async function openQueued(
  { sendingQueue, workers }: Config,
  exporters: readonly ExporterWithRetry[],
  { telemetry, log, ledger }: OpenDestinationsParts,
): Promise<OpenedDestinations> {
  const destinations = [
    ...exporters,
    ...(ledger === undefined ? [] : [{ destination: ledger, retry: LEDGER_RETRY }]),
  ]
  const deadLetters = new DeadLetters(sendingQueue.deadLetters)
  const groups: ReturnType<typeof startQueuedDestinations>[] = []
  const close = async (deadline: AbortSignal): Promise<void> => {
    for (const { destination } of destinations) destination.hurry?.()
    await Promise.all(groups.map((group) => group.close(deadline)))
    await Promise.all(destinations.map(({ destination }) => destination.close()))
  }
  const open = async (directory: string) => {
    const queue = await DurableQueue.open({
      directory,
      maxBytes: sendingQueue.maxSize,
      fsync: sendingQueue.fsync,
      // Where the ledger is the only destination, clients wait for it.
      destinations: destinations.map(({ destination: { name, accepts } }) => ({
        name,
        accepts,
        isBystander: name === ledger?.name && exporters.length > 0,
      })),
      telemetry,
      log,
    })
    const group = startQueuedDestinations({ queue, destinations, deadLetters, telemetry, log })
    groups.push(group)
    return { queue, send: group.send }
  }
  const openAll = async () => {
    const own = await open(sendingQueue.directory)
    for (const directory of leftoverQueues(sendingQueue.directory, workers)) await open(directory)
    return own
  }
  const { queue, send } = await openAll().catch(async (error: unknown) => {
    await close(AbortSignal.abort())
    throw error
  })
  return {
    send,
    notReady() {
      const reasons = queue.failure === undefined ? [] : [queue.failure.message]
      const { heldBytes, maxBytes } = queue
      return heldBytes >= maxBytes * READY_SHARE
        ? [...reasons, `the sending queue is full (${heldBytes} of ${maxBytes} bytes)`]
        : reasons
    },
    measure() {
      for (const { destination } of destinations) {
        telemetry.queueSize.set(queue.reader(destination.name).heldBytes, destination.name)
        telemetry.queueCapacity.set(queue.maxBytes, destination.name)
      }
    },
    close,
  }
}

/** Queues that an earlier run with more workers has left: what they hold is delivered, nothing new goes in. */
function leftoverQueues(directory: string, workers: number): string[] {
  return readdirSync(directory)
    .filter((name) => Number(/^worker-(\d+)$/.exec(name)?.[1] ?? -1) >= workers)
    .map((name) => join(directory, name))
}

function openDirect(
  exporters: readonly ExporterWithRetry[],
  { telemetry, log, ledger }: OpenDestinationsParts,
): OpenedDestinations {
  const backends = exporters.map(({ destination }) => destination)
  const ledgers = ledger === undefined ? [] : [ledger]
  const all = [...backends, ...ledgers]
  const { send } = createDirectDestinations({
    // Where the ledger is the only destination, clients are told what it answered.
    ...(backends.length > 0 ? { backends, bystanders: ledgers } : { backends: ledgers, bystanders: [] }),
    telemetry,
    log,
  })
  return {
    send,
    notReady: () => [],
    measure: () => undefined,
    async close() {
      await Promise.all(all.map((destination) => destination.close()))
    },
  }
}
