import { parentPort, workerData } from 'node:worker_threads'
import type { LedgerSpan } from '@spanmeter/ledger'
import type { Config } from '../config/types.ts'
import type { SpanStore } from '../exporters/ledger-destination.ts'
import { createLogger, rateLimited } from '../telemetry/logger.ts'
import { createTelemetry } from '../telemetry/telemetry.ts'
import { CallBatches } from './call-batches.ts'
import { type DataPath, startDataPath, type TakeOver } from './data-path.ts'
import type {
  Measurement,
  WorkerMessage,
  WorkerQuestion,
  WorkerRequest,
  WorkerStart,
} from './worker-messages.ts'

/*
 * One worker: a data path in a thread of its own. What the process has only one of (ledger, cost metrics, page) lives in the
 * main thread and is reached by messages.
 */
const { config, hasLedger, shared, logLevel } = workerData as WorkerStart
const telemetry = createTelemetry()
const appends = new Map<number, (error: Error | undefined) => void>()
let appendCount = 0
const cut = new AbortController()
const receivers = Promise.withResolvers<Config['receivers']>()
let takeOver: TakeOver | undefined

const post = (message: WorkerMessage, transferred: ArrayBuffer[] = []): void =>
  parentPort?.postMessage(message, transferred)
const callBatches = new CallBatches((calls) => post({ kind: 'calls', calls }, [calls.numbers.buffer]))

/** Stands for the main thread's ledger. */
const ledger: SpanStore = {
  append(spans: readonly LedgerSpan[]) {
    return new Promise((resolve, reject) => {
      const appendId = ++appendCount
      appends.set(appendId, (error) => (error === undefined ? resolve() : reject(error)))
      post({ kind: 'append', appendId, spans })
    })
  },
}

async function start(): Promise<DataPath> {
  const dataPath = await startDataPath(config, {
    telemetry,
    log: rateLimited(createLogger(logLevel)),
    ledger: hasLedger ? ledger : undefined,
    recordCalls: (calls) => callBatches.add(calls),
    shared: {
      memory: shared,
      receivers() {
        post({ kind: 'prepared' })
        return receivers.promise
      },
    },
  })
  post({ kind: 'ready', addresses: dataPath.addresses })
  return dataPath
}

async function handle(dataPath: DataPath, question: WorkerQuestion): Promise<unknown> {
  switch (question.kind) {
    case 'prepare reload':
      takeOver = await dataPath.prepareReload(question.config)
      return
    case 'take over':
      return takeOver?.()
    case 'metrics':
      return dataPath.sendMetrics(question.payload)
    case 'measure':
      callBatches.flush()
      return { notReady: await dataPath.measure(), telemetry: telemetry.snapshot() } satisfies Measurement
    case 'close':
      await dataPath.close(cut.signal)
      return callBatches.flush()
    case 'cut':
      return cut.abort()
  }
}

async function receive(request: WorkerRequest): Promise<void> {
  if (request.kind === 'listen') return receivers.resolve(request.receivers)
  if (request.kind === 'appended') {
    const { appendId, error } = request
    appends.get(appendId)?.(error && Object.assign(new Error(error.message), { code: error.code }))
    appends.delete(appendId)
    return
  }
  const { id, question } = request
  try {
    post({ kind: 'answer', id, value: await handle(await starting, question) })
  } catch (error) {
    post({ kind: 'answer', id, error: (error as Error).message })
  }
}

const starting = start()
starting.catch(({ name, message }: Error) => post({ kind: 'failed', error: { name, message } }))
parentPort?.on('message', (request: WorkerRequest) => void receive(request))
