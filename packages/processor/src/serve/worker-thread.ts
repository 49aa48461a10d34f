import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import type { Config } from '../config/types.ts'
import { createLogger, rateLimited } from '../telemetry/logger.ts'
import { createTelemetry } from '../telemetry/telemetry.ts'
import { CallBatches } from './call-batches.ts'
import { startDataPath, type TakeOver } from './data-path.ts'
import { connectThreads } from './remote-procedures.ts'
import type { MainProcedures, WorkerProcedures, WorkerStart } from './worker-procedures.ts'

/*
 * One worker: a data path in a thread of its own. What the process has only one of (ledger, cost metrics, page) lives in the
 * main thread and is reached by its procedures.
 */
const { config, hasLedger, shared, logLevel } = workerData as WorkerStart
const telemetry = createTelemetry()
const prepared = Promise.withResolvers<void>()
const receivers = Promise.withResolvers<Config['receivers']>()
const cut = new AbortController()
let takeOver: TakeOver | undefined

const callMain = connectThreads<WorkerProcedures, MainProcedures>(parentPort as MessagePort, {
  async prepare() {
    await Promise.race([prepared.promise, starting])
  },
  async listen(endpoints) {
    receivers.resolve(endpoints)
    return (await starting).addresses
  },
  async prepareReload(next) {
    takeOver = await (await starting).prepareReload(next)
  },
  takeOver: async () => takeOver?.(),
  sendMetrics: async (payload) => (await starting).sendMetrics(payload),
  async measure() {
    callBatches.flush()
    return { notReady: await (await starting).measure(), telemetry: telemetry.snapshot() }
  },
  async close() {
    await (await starting).close(cut.signal).finally(() => callBatches.flush())
  },
  cut: () => cut.abort(),
})
const callBatches = new CallBatches((calls) => void callMain('recordCalls', [calls], [calls.numbers.buffer]))
const starting = startDataPath(config, {
  telemetry,
  log: rateLimited(createLogger(logLevel)),
  ledger: hasLedger ? { append: (spans) => callMain('appendToLedger', [spans]) } : undefined,
  recordCalls: (calls) => callBatches.add(calls),
  shared: {
    memory: shared,
    receivers() {
      prepared.resolve()
      return receivers.promise
    },
  },
})
// The main thread learns of it from the procedure that it has called, perhaps a little later.
starting.catch(() => undefined)
