import { startSpendWatch } from './alerts/index.ts'
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
import { createLedgerApi } from './serve/ledger-api.ts'
import { startMetricsExport } from './serve/metrics-export.ts'
import { refuseLoop } from './serve/refuse-loop.ts'
import { createEnrichment } from './serve/reloadable-enrichment.ts'
import { keepRollUp } from './serve/roll-up-file.ts'
import { openSpendLedger } from './serve/spend-ledger.ts'
import { StartedParts } from './serve/started-parts.ts'
import { createLogger, type Logger, rateLimited } from './telemetry/logger.ts'
import { createTelemetry } from './telemetry/telemetry.ts'
import { startWebServer } from './web/web-server.ts'

/** A running processor. */
export interface Service {
  /** Where it really listens, as URLs; without what is switched off. */
  readonly addresses: { readonly http?: string; readonly grpc?: string; readonly web?: string }
  /**
   * Takes over prices, look-ups, rules, certificates and tokens. @throws if any of them is wrong; what was in use
   * then stays in use.
   */
  reload(config: Config): void
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
  const started = new StartedParts()
  try {
    return await start(config, logger, started)
  } catch (error) {
    await started.close(AbortSignal.timeout(config.shutdownTimeout))
    throw error
  }
}

async function start(config: Config, logger: Logger, started: StartedParts): Promise<Service> {
  const telemetry = createTelemetry()
  const log = rateLimited(logger)
  const enrichment = createEnrichment(config, (violations) => {
    for (const { key, kind } of violations) telemetry.contractViolations.add(1, key, kind)
  })

  const ledger = config.ledger && (await openSpendLedger(config.ledger, logger))
  if (ledger !== undefined) started.add(() => ledger.close())
  const spendWatch =
    ledger &&
    startSpendWatch({
      ledger: () => ledger.current,
      budgets: config.budgets,
      alerts: config.alerts,
      onError: (error) => log.warn('spend_watch', { error: String(error) }, 'could not look at the ledger'),
    })
  if (spendWatch !== undefined) started.add(() => spendWatch.close())
  const costMetrics = createCostMetrics({
    tenantTopK: config.metrics.tenantTopK,
    gauges: () => spendWatch?.gauges() ?? [],
    resource: { 'service.name': 'spanmeter' },
  })
  const destinations = await openDestinations(config, {
    telemetry,
    log,
    ledger: ledger && createLedgerDestination(ledger),
  })
  started.add((deadline) => destinations.close(deadline))
  const rollUpFile = config.sendingQueue.enabled
    ? keepRollUp(enrichment.rollUp, config.sendingQueue.directory)
    : undefined
  if (rollUpFile !== undefined) started.add(() => rollUpFile.close())
  const metricsExport = startMetricsExport(config, costMetrics, destinations.group)
  started.add(() => metricsExport.close())

  const web = config.web
  const webAccess = web && createAccess(web)
  const webServer =
    web &&
    webAccess &&
    (await startWebServer({
      endpoint: web.endpoint,
      ...webAccess,
      api: ledger && createLedgerApi(ledger, web.traceUrl),
      metrics: (format) => {
        destinations.measure()
        return telemetry.prometheus(format) + costMetrics.prometheus(format)
      },
      notReady: () => destinations.notReady(),
      log,
    }))
  if (webServer !== undefined) started.add(() => webServer.close())

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
  const httpAccess = http && createAccess(http)
  const grpcAccess = grpc && createAccess(grpc)
  const httpReceiver = http && httpAccess && (await startHttpReceiver(receiverOptions(http, httpAccess)))
  if (httpReceiver !== undefined) started.add((deadline) => httpReceiver.close(deadline))
  const grpcReceiver = grpc && grpcAccess && (await startGrpcReceiver(receiverOptions(grpc, grpcAccess)))
  if (grpcReceiver !== undefined) started.add((deadline) => grpcReceiver.close(deadline))
  refuseLoop(config.exporters, [httpReceiver?.address, grpcReceiver?.address])

  return {
    addresses: {
      ...(httpReceiver && { http: httpReceiver.address }),
      ...(grpcReceiver && { grpc: grpcReceiver.address }),
      ...(webServer && { web: webServer.address }),
    },
    reload(next) {
      enrichment.reload(next)
      for (const access of [httpAccess, grpcAccess, webAccess]) access?.reload()
    },
    close: () => started.close(AbortSignal.timeout(config.shutdownTimeout)),
  }
}
