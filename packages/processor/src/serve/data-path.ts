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
import { exportMetrics } from './metrics-export.ts'
import { refuseLoop } from './refuse-loop.ts'
import { createEnrichment } from './reloadable-enrichment.ts'
import { keepRollUp } from './roll-up-file.ts'
import { StartedParts } from './started-parts.ts'

/** URLs of the receivers that are switched on. */
export interface ReceiverAddresses {
  readonly http?: string
  readonly grpc?: string
}

export type TakeOver = () => void | Promise<void>

/** Everything that a request passes through: receivers, enrichment, queue and exporters. */
export interface DataPath {
  readonly addresses: ReceiverAddresses
  /** Reads the files of a new configuration, and returns what takes them over. @throws if any of them is wrong. */
  prepareReload(config: Config): TakeOver | Promise<TakeOver>
  /** Sends an OTLP metrics request of our own to the exporters. */
  sendMetrics(payload: Uint8Array): Promise<void>
  /** Why requests would be refused now; empty if they would not. Also brings the gauges up to date. */
  measure(): readonly string[] | Promise<readonly string[]>
  /** Receivers first, then exporters and queue. What is not delivered by the deadline stays in the queue. */
  close(deadline: AbortSignal): Promise<void>
}

interface SharedParts {
  readonly memory: SharedBatchMemory
  /**
   * Resolves to where to listen once all data paths are ready to: a client keeps its connection, so one that listened first
   * would get all clients.
   */
  readonly receivers: () => Promise<Config['receivers']>
}

export interface DataPathParts {
  readonly telemetry: Telemetry
  readonly log: RateLimitedLogger
  /** `undefined` without a ledger. */
  readonly ledger: SpanStore | undefined
  /** Gets the calls of every batch, including those that were sent before. */
  readonly recordCalls: (calls: readonly MeteredCall[]) => void
  /** Set where several data paths share the work and the ports. */
  readonly shared?: SharedParts
}

/** The part of the memory limit that request bodies may take; the rest is for the runtime, the ledger and the queue. */
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
  const destinations = started.add(
    await openDestinations(config, {
      telemetry,
      log,
      ledger: ledger && createLedgerDestination(ledger, { businessOf: enrichment.businessOf }),
    }),
  )
  if (config.sendingQueue.enabled && shared === undefined)
    started.add(keepRollUp(batchMemory.rollUp, config.sendingQueue.directory))

  const consume = createConsumeRequest({
    processTraces: enrichment.processTraces,
    destinations,
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
    // A body larger than all bodies together may be would be refused and retried for ever.
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
  for (const access of accesses) started.add(access.watch(log))
  const httpReceiver = started.add(
    http &&
      httpAccess &&
      (await startHttpReceiver({
        ...receiverOptions(http, httpAccess),
        handleCors: createHandleCors(http.cors),
      })),
  )
  const grpcReceiver = started.add(
    grpc && grpcAccess && (await startGrpcReceiver(receiverOptions(grpc, grpcAccess))),
  )
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
    sendMetrics: (payload) => exportMetrics(destinations, payload),
    measure() {
      destinations.measure()
      return destinations.notReady()
    },
    close: (deadline) => started.close(deadline),
  }
}

/** The encoding of all exporters; `undefined` where they differ, or there are none. */
function sharedEncoding(exporters: readonly ExporterConfig[]): OtlpEncoding | undefined {
  const encodings = new Set(exporters.map(encodingFor))
  return encodings.size === 1 ? [...encodings][0] : undefined
}
