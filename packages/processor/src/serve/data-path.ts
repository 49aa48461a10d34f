import type { Config, ExporterConfig, ReceiverConfig } from '../config/types.ts'
import { openBatchMemory, type SharedBatchMemory } from '../enrichment/batch-memory.ts'
import type { MeteredCall } from '../enrichment/metered-call.ts'
import { createLedgerDestination, type SpanStore } from '../exporters/ledger-destination.ts'
import { openDestinations } from '../exporters/open-destinations.ts'
import { encodingFor } from '../exporters/otlp-destination.ts'
import { BufferPool } from '../otlp/buffer-pool.ts'
import { Admission } from '../receivers/admission.ts'
import { createConsumeRequest } from '../receivers/consume-request.ts'
import { createHandleCors } from '../receivers/cors.ts'
import { startGrpcReceiver } from '../receivers/grpc-receiver.ts'
import { startHttpReceiver } from '../receivers/http-receiver.ts'
import type { ReceiverOptions } from '../receivers/types.ts'
import { type Access, createAccess } from '../security/access.ts'
import type { RateLimitedLogger } from '../telemetry/logger.ts'
import type { Telemetry } from '../telemetry/telemetry.ts'
import type { OtlpEncoding } from '../types.ts'
import { exportRecord } from './metrics-export.ts'
import { refuseLoop } from './refuse-loop.ts'
import { createEnrichment } from './reloadable-enrichment.ts'
import { keepRollUp } from './roll-up-file.ts'
import { StartedParts } from './started-parts.ts'

/** The addresses of the receivers, as URLs; without what is switched off. */
export interface ReceiverAddresses {
  readonly http?: string
  readonly grpc?: string
}

export type TakeOver = () => void | Promise<void>

/** Receivers, enrichment, queue and exporters: all that a request passes through. */
export interface DataPath {
  readonly addresses: ReceiverAddresses
  /** Reads all that a new configuration names; what it returns takes that over. @throws if any of it is wrong. */
  prepareReload(config: Config): TakeOver | Promise<TakeOver>
  /** Sends an OTLP metrics request of our own to the exporters. */
  sendMetrics(payload: Uint8Array): Promise<void>
  /** Why requests would be turned away now; empty if they would not. Brings the gauges up to date, too. */
  measure(): readonly string[] | Promise<readonly string[]>
  /** Receivers first, then exporters and queue. What is not delivered by the deadline stays in the queue. */
  close(deadline: AbortSignal): Promise<void>
}

interface SharedParts {
  readonly memory: SharedBatchMemory
  /** What to listen for, once all of them can: a client that keeps its connection stays with whom it found first. */
  readonly receivers: () => Promise<Config['receivers']>
}

export interface DataPathParts {
  readonly telemetry: Telemetry
  readonly log: RateLimitedLogger
  /** `undefined` without a ledger. */
  readonly ledger: SpanStore | undefined
  /** Takes the calls of each batch that was accepted, those sent before among them. */
  readonly recordCalls: (calls: readonly MeteredCall[]) => void
  /** Set where several data paths share the work, and their ports. */
  readonly shared?: SharedParts
}

/** Request bodies may take this part of the memory limit; the rest is for the runtime, the ledger and what is queued. */
const BODY_MEMORY_SHARE = 0.25

/** @throws ListenError, QueueDirectoryError and the like, with a message that says what to do. */
export async function startDataPath(config: Config, parts: DataPathParts): Promise<DataPath> {
  const started = new StartedParts()
  return started.orClose(start(config, parts, started), config.shutdownTimeout)
}

async function start(config: Config, parts: DataPathParts, started: StartedParts): Promise<DataPath> {
  const { telemetry, log, ledger, recordCalls, shared } = parts
  const pool = new BufferPool()
  const batchMemory = openBatchMemory(shared?.memory)
  const enrichment = createEnrichment(config, {
    pool,
    batchMemory,
    onViolations(violations) {
      for (const { key, kind } of violations) telemetry.contractViolations.add(1, key, kind)
    },
  })
  const destinations = await openDestinations(config, {
    telemetry,
    log,
    ledger: ledger && createLedgerDestination(ledger, { businessOf: enrichment.businessOf }),
  })
  started.add((deadline) => destinations.close(deadline))
  if (config.sendingQueue.enabled && shared === undefined) {
    const rollUpFile = keepRollUp(batchMemory.rollUp, config.sendingQueue.directory)
    started.add(() => rollUpFile.close())
  }

  const consume = createConsumeRequest({
    processTraces: enrichment.processTraces,
    destinations: destinations.group,
    forwardEncoding: sharedEncoding(config.exporters),
    recordCalls,
    telemetry,
    log,
  })
  const bodyMemory = Math.floor(config.limits.memory * BODY_MEMORY_SHARE)
  const admission = new Admission(bodyMemory)
  const receiverOptions = (receiver: ReceiverConfig, access: Access): ReceiverOptions => ({
    endpoint: receiver.endpoint,
    reusePort: shared !== undefined,
    // One that is larger than all may be could come back for ever.
    limits: { maxBytes: Math.min(receiver.maxRequestBodySize, bodyMemory), pool, admission },
    maxConnections: config.limits.maxConnections,
    readHeaderTimeout: receiver.readHeaderTimeout,
    readTimeout: receiver.readTimeout,
    authenticate: access.authenticate,
    isOpen: access.isOpen,
    tls: access.tls,
    consume,
    telemetry,
    log,
  })
  const { http, grpc } = (await shared?.receivers()) ?? config.receivers
  const httpAccess = http && createAccess(http)
  const grpcAccess = grpc && createAccess(grpc)
  const accesses = [httpAccess, grpcAccess].filter((access) => access !== undefined)
  for (const access of accesses) {
    const watcher = access.watch(log)
    started.add(async () => watcher.close())
  }
  const httpReceiver =
    http &&
    httpAccess &&
    (await startHttpReceiver({
      ...receiverOptions(http, httpAccess),
      handleCors: createHandleCors(http.cors),
    }))
  if (httpReceiver !== undefined) started.add((deadline) => httpReceiver.close(deadline))
  const grpcReceiver = grpc && grpcAccess && (await startGrpcReceiver(receiverOptions(grpc, grpcAccess)))
  if (grpcReceiver !== undefined) started.add((deadline) => grpcReceiver.close(deadline))
  refuseLoop(config.exporters, [httpReceiver?.address, grpcReceiver?.address])

  return {
    addresses: {
      ...(httpReceiver && { http: httpReceiver.address }),
      ...(grpcReceiver && { grpc: grpcReceiver.address }),
    },
    prepareReload(next) {
      const takeOver = [
        enrichment.prepareReload(next),
        destinations.prepareReload(),
        ...accesses.map((access) => access.prepareReload()),
      ]
      return () => {
        for (const one of takeOver) one()
      }
    },
    sendMetrics: (payload) => exportRecord(destinations.group, payload),
    measure() {
      destinations.measure()
      return destinations.notReady()
    },
    close: (deadline) => started.close(deadline),
  }
}

/** `undefined` where the exporters differ, or there are none. */
function sharedEncoding(exporters: readonly ExporterConfig[]): OtlpEncoding | undefined {
  const encodings = new Set(exporters.map(encodingFor))
  return encodings.size === 1 ? [...encodings][0] : undefined
}
