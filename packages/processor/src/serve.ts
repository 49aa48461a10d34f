import type { Config, ReceiverConfig } from './config/types.ts'
import { openDestinations } from './exporters/open-destinations.ts'
import { createCostMetrics } from './metrics/index.ts'
import { BufferPool } from './otlp/buffer-pool.ts'
import { Admission } from './receivers/admission.ts'
import { createConsumeRequest } from './receivers/consume-request.ts'
import { startHttpReceiver } from './receivers/http-receiver.ts'
import type { Receiver } from './receivers/types.ts'
import { type Access, createAccess } from './security/access.ts'
import { createLogger, type Logger, rateLimited } from './telemetry/logger.ts'
import { createTelemetry } from './telemetry/telemetry.ts'
import type { ProcessTraces } from './types.ts'
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
  const destinations = await openDestinations(config, { telemetry, log, ledger: undefined })

  const consume = createConsumeRequest({
    processTraces: passTraces,
    destinations: destinations.group,
    seenCalls: destinations.seenCalls,
    recordCalls: (calls) => costMetrics.record(calls),
    telemetry,
    log,
  })
  const pool = new BufferPool()
  const admission = new Admission(config.limits.memory * BODY_MEMORY_SHARE)
  const startReceiver = (receiver: ReceiverConfig, access: Access): Promise<Receiver> =>
    startHttpReceiver({
      endpoint: receiver.endpoint,
      limits: { maxBytes: receiver.maxRequestBodySize, pool, admission },
      maxConnections: config.limits.maxConnections,
      authenticate: access.authenticate,
      tls: access.tls,
      consume,
      telemetry,
      log,
    })

  const { http } = config.receivers
  const httpReceiver = http && (await startReceiver(http, createAccess(http)))
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
      ...(web && { web: web.address }),
    },
    async close() {
      const deadline = AbortSignal.timeout(config.shutdownTimeout)
      await httpReceiver?.close()
      const complete = await destinations.close(deadline)
      await web?.close()
      return complete
    },
  }
}

const passTraces: ProcessTraces = (body, encoding) => ({
  bytes: body,
  encoding,
  spanCount: 1,
  calls: [],
  release: () => undefined,
})
