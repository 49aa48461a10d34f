import { randomUUID } from 'node:crypto'
import { startSpendWatch } from './alerts/index.ts'
import type { Config } from './config/types.ts'
import { createCostMetrics } from './metrics/cost-metrics.ts'
import { makeQueueDirectory } from './queue/directory-lock.ts'
import { createAccess } from './security/access.ts'
import { createCallCounter } from './serve/call-counter.ts'
import { type DataPathParts, startDataPath } from './serve/data-path.ts'
import { limitHeapGrowth } from './serve/heap-growth.ts'
import { createLedgerApi } from './serve/ledger-api.ts'
import { startMetricsExport } from './serve/metrics-export.ts'
import { refuseSharedPort } from './serve/refuse-shared-port.ts'
import { openSpendLedger } from './serve/spend-ledger.ts'
import { StartedParts } from './serve/started-parts.ts'
import { startWorkerPool } from './serve/worker-pool.ts'
import { createLogger, type Logger, rateLimited } from './telemetry/logger.ts'
import { createTelemetry, startAtZero } from './telemetry/telemetry.ts'
import { startWebServer } from './web/web-server.ts'

/** A running processor. */
export interface Service {
  /** The URLs it listens on, with the ports that were really taken; only of what is switched on. */
  readonly addresses: { readonly http?: string; readonly grpc?: string; readonly web?: string }
  /**
   * Takes over prices, look-ups, rules, certificates and tokens of a new configuration.
   *
   * @throws if any of them is wrong; the previous ones then stay in use.
   */
  reload(config: Config): Promise<void>
  /**
   * Stops receiving, then delivers until `shutdownTimeout`, or until it is cut short. What is not delivered by then stays
   * in the queue for the next start.
   */
  close(cut?: AbortSignal): Promise<void>
}

/**
 * Starts the processor:
 *
 *     receivers -> processTraces -> sending queue -> exporters, ledger      serve/data-path.ts
 *                       |-> cost metrics                                    serve/call-counter.ts
 *
 * @throws ListenError, QueueDirectoryError and the like, with a message that says what to do.
 */
export async function serve(config: Config, logger: Logger = createLogger()): Promise<Service> {
  const started = new StartedParts()
  return started.orClose(start(config, logger, started), config.shutdownTimeout)
}

async function start(config: Config, logger: Logger, started: StartedParts): Promise<Service> {
  refuseSharedPort(config)
  limitHeapGrowth(config)
  const telemetry = createTelemetry()
  startAtZero(telemetry, [...config.exporters.map(({ name }) => name), ...(config.ledger ? ['ledger'] : [])])
  const log = rateLimited(logger)

  const ledger = started.add(
    config.ledger && (await openSpendLedger({ ...config, ledger: config.ledger }, logger)),
  )
  const { budgets, alerts } = config
  const spendWatch = started.add(
    ledger && startSpendWatch({ ledger: () => ledger.current, budgets, alerts, log }),
  )
  const requiredKeys = config.attribution.contract?.required
  const costMetrics = createCostMetrics({
    tenantTopK: config.metrics.tenantTopK,
    ...(requiredKeys === undefined ? {} : { requiredKeys }),
    gauges: () => spendWatch?.gauges() ?? [],
    // Without an id of its own, the counters of several processors would look like one counter that jumps back and forth.
    resource: { 'service.name': 'spanmeter', 'service.instance.id': randomUUID() },
  })
  const queueDirectory = config.sendingQueue.enabled ? config.sendingQueue.directory : undefined
  if (queueDirectory !== undefined) makeQueueDirectory(queueDirectory)
  const callCounter = started.add(createCallCounter(queueDirectory, costMetrics, telemetry))

  const parts: DataPathParts = { telemetry, log, ledger, recordCalls: (calls) => callCounter.record(calls) }
  const dataPath = started.add(
    config.workers > 1
      ? await startWorkerPool(config, parts, logger.level)
      : await startDataPath(config, parts),
  )
  started.add(startMetricsExport(config, costMetrics, (payload) => dataPath.sendMetrics(payload)))

  const { web } = config
  const webAccess = web && createAccess(web)
  const webServer = started.add(
    web &&
      webAccess &&
      (await startWebServer({
        endpoint: web.endpoint,
        ...webAccess,
        maxConnections: config.limits.maxConnections,
        api: createLedgerApi(ledger, web.traceUrl),
        async metrics(format, scraper) {
          await dataPath.measure()
          return telemetry.prometheus(format) + (await costMetrics.prometheus(format, scraper))
        },
        notReady: async () => dataPath.measure(),
        log,
      })),
  )
  started.add(webAccess?.watch(log))

  let reloading = Promise.resolve()
  return {
    addresses: { ...dataPath.addresses, ...(webServer && { web: webServer.address }) },
    reload(next) {
      // Reloads run one after the other, so that none takes over what another one has prepared.
      const reloaded = reloading.then(async () => {
        // Everything is read before anything is taken over.
        const takeOver = [webAccess?.prepareReload(), await dataPath.prepareReload(next)]
        for (const one of takeOver) await one?.()
      })
      reloading = reloaded.catch(() => undefined)
      return reloaded
    },
    close(cut) {
      const timeout = AbortSignal.timeout(config.shutdownTimeout)
      return started.close(cut === undefined ? timeout : AbortSignal.any([timeout, cut]))
    },
  }
}
