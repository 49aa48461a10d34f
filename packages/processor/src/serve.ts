import { randomUUID } from 'node:crypto'
import { startSpendWatch, WebhookError } from './alerts/index.ts'
import type { Config } from './config/types.ts'
import { createCostMetrics } from './metrics/index.ts'
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
  const ledger = config.ledger && (await openSpendLedger({ ...config, ledger: config.ledger }, logger))
  if (ledger !== undefined) started.add(() => ledger.close())
  const spendWatch =
    ledger &&
    startSpendWatch({
      ledger: () => ledger.current,
      budgets: config.budgets,
      alerts: config.alerts,
      onError(err) {
        const isWebhook = err instanceof WebhookError
        const message = isWebhook
          ? 'could not deliver alerts to the webhook; trying again in a minute'
          : 'could not read budgets and alerts from the ledger; trying again in a minute'
        log.warn(isWebhook ? 'alerts' : 'spend_watch', { err }, message)
      },
    })
  if (spendWatch !== undefined) started.add((deadline) => spendWatch.close(deadline))
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
  const callCounter = createCallCounter(queueDirectory, costMetrics, telemetry)
  started.add(async () => callCounter.close())
  const parts: DataPathParts = { telemetry, log, ledger, recordCalls: (calls) => callCounter.record(calls) }
  const dataPath = await (config.workers > 1
    ? startWorkerPool(config, parts, logger.level)
    : startDataPath(config, parts))
  started.add((deadline) => dataPath.close(deadline))
  const metricsExport = startMetricsExport(config, costMetrics, (payload) => dataPath.sendMetrics(payload))
  started.add((deadline) => metricsExport.close(deadline))

  const web = config.web
  const webAccess = web && createAccess(web)
  const webServer =
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
    }))
  if (webServer !== undefined) started.add(() => webServer.close())
  const webWatcher = webAccess?.watch(log)
  if (webWatcher !== undefined) started.add(async () => webWatcher.close())

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
