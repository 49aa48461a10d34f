import type { Config, ReceiverConfig } from './config/types.ts'
import { createLedgerDestination } from './exporters/ledger-destination.ts'
import { openDestinations } from './exporters/open-destinations.ts'
import { createCostMetrics } from './metrics/index.ts'
import { BufferPool } from './otlp/buffer-pool.ts'
import { Admission } from './receivers/admission.ts'
import { createConsumeRequest } from './receivers/consume-request.ts'
import { startGrpcReceiver } from './receivers/grpc-receiver.ts'
import { startHttpReceiver } from './receivers/http-receiver.ts'
import type { ReceiverOptions } from './receivers/types.ts'
import { type Access, createAccess } from './security/access.ts'
import { createEnrichment } from './serve/reloadable-enrichment.ts'
import { openSpendLedger } from './serve/spend-ledger.ts'
import { createLogger, type Logger, rateLimited } from './telemetry/logger.ts'
import { createTelemetry } from './telemetry/telemetry.ts'
import { startWebServer } from './web/web-server.ts'

/** A running processor. */
export interface Service {
  /** Where it really listens, as URLs; `undefined` for what is switched off. */
  readonly addresses: { readonly http?: string; readonly grpc?: string; readonly web?: string }
  /** Stops receiving, then delivers until `shutdownTimeout`. Resolves to whether nothing acknowledged was lost. */
  close(): Promise<boolean>
}

/** Request bodies may take this part of the memory limit; the rest is for the runtime, the ledger and what is queued. */
const BODY_MEMORY_SHARE = 0.25

/**
 * Starts the processor:
 *
 *     receivers -> processTraces -> sending queue -> exporters, ledger
 *                       |-> cost metrics
 *
 * @throws ListenError, QueueDirectoryError and the like, with a message that says what to do.
 */
export async function serve(config: Config, logger: Logger = createLogger()): Promise<Service> {
  const telemetry = createTelemetry()
  const log = rateLimited(logger)
  const costMetrics = createCostMetrics({ tenantTopK: config.metrics.tenantTopK })
  const enrichment = createEnrichment(config)
  const ledger = config.ledger && (await openSpendLedger(config.ledger, logger))
  const destinations = await openDestinations(config, {
    telemetry,
    log,
    ledger: ledger && createLedgerDestination(ledger),
  })

  const consume = createConsumeRequest({
    processTraces: enrichment.processTraces,
    destinations: destinations.group,
    seenCalls: destinations.seenCalls,
    recordCalls: (calls) => costMetrics.record(calls),
    telemetry,
    log,
  })
  const pool = new BufferPool()
  const admission = new Admission(config.limits.memory * BODY_MEMORY_SHARE)
  const receiverOptions = (receiver: ReceiverConfig, access: Access): ReceiverOptions => ({
    endpoint: receiver.endpoint,
    limits: { maxBytes: receiver.maxRequestBodySize, pool, admission },
    maxConnections: config.limits.maxConnections,
    authenticate: access.authenticate,
    tls: access.tls,
    consume,
    telemetry,
    log,
  })

  const { http, grpc } = config.receivers
  const httpReceiver = http && (await startHttpReceiver(receiverOptions(http, createAccess(http))))
  const grpcReceiver = grpc && (await startGrpcReceiver(receiverOptions(grpc, createAccess(grpc))))
  const webAccess = config.web && createAccess(config.web)
  const web =
    config.web &&
    webAccess &&
    (await startWebServer({
      endpoint: config.web.endpoint,
      ...webAccess,
      api: undefined,
      metrics: (format) => {
        destinations.measure()
        return telemetry.prometheus() + costMetrics.prometheus(format)
      },
      notReady: () => destinations.notReady(),
      log,
    }))

  return {
    addresses: {
      ...(httpReceiver && { http: httpReceiver.address }),
      ...(grpcReceiver && { grpc: grpcReceiver.address }),
      ...(web && { web: web.address }),
    },
    async close() {
      const deadline = AbortSignal.timeout(config.shutdownTimeout)
      await Promise.all([httpReceiver?.close(), grpcReceiver?.close()])
      const complete = await destinations.close(deadline)
      await web?.close()
      await ledger?.close()
      return complete
    },
  }
}
