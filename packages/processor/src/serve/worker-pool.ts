import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Config, ReceiverConfig } from '../config/types.ts'
import { openBatchMemory, sharedBatchMemory } from '../enrichment/batch-memory.ts'
import { refuseTakenPort } from '../network/listen.ts'
import { onceAborted } from '../once-aborted.ts'
import { decodeCalls } from './call-encoding.ts'
import type { DataPath, DataPathParts, ReceiverAddresses } from './data-path.ts'
import { keepRollUp } from './roll-up-file.ts'
import type {
  Measurement,
  WorkerMessage,
  WorkerQuestion,
  WorkerRequest,
  WorkerStart,
} from './worker-messages.ts'

/** A worker could not start, or refused what it was asked. */
class WorkerError extends Error {
  override readonly name = 'WorkerError'
}

interface PoolWorker {
  /** Rejects if the worker could not start. */
  readonly prepared: Promise<void>
  listen(receivers: Config['receivers']): Promise<ReceiverAddresses>
  ask(question: WorkerQuestion): Promise<unknown>
  terminate(): Promise<unknown>
}

/**
 * Several data paths behind the same ports, each in a thread of its own; the kernel spreads connections over them. What is
 * remembered from batch to batch is in memory that they share, so that costs are right whichever worker gets the spans
 * of a trace. Each has its own queue directory and an equal share of the queue's size.
 *
 * @throws ListenError, QueueDirectoryError and the like, as one data path does.
 */
export async function startWorkerPool(
  config: Config,
  parts: DataPathParts,
  logLevel: string,
): Promise<DataPath> {
  const { http, grpc } = config.receivers
  if (http !== undefined) await refuseTakenPort(http.endpoint)
  if (grpc !== undefined) await refuseTakenPort(grpc.endpoint)
  const shared = sharedBatchMemory()
  const { sendingQueue } = config
  const rollUpFile = sendingQueue.enabled
    ? keepRollUp(openBatchMemory(shared).rollUp, sendingQueue.directory)
    : undefined
  const workers = Array.from({ length: config.workers }, (_, index) => {
    const start = { config: configOf(config, index), shared, logLevel, hasLedger: parts.ledger !== undefined }
    return startWorker(start, parts)
  }) as [PoolWorker, ...PoolWorker[]]
  const [first, ...others] = workers
  let addresses: ReceiverAddresses
  try {
    await Promise.all(workers.map((worker) => worker.prepared))
    addresses = await first.listen(config.receivers)
    const receivers = receiversAt(config.receivers, addresses)
    await Promise.all(others.map((worker) => worker.listen(receivers)))
  } catch (error) {
    await Promise.all(workers.map((worker) => worker.terminate()))
    throw error
  }
  const askAll = (question: WorkerQuestion) => Promise.all(workers.map((worker) => worker.ask(question)))
  return {
    addresses,
    async prepareReload(next) {
      await Promise.all(
        workers.map((worker, index) => worker.ask({ kind: 'prepare reload', config: configOf(next, index) })),
      )
      return async () => void (await askAll({ kind: 'take over' }))
    },
    async sendMetrics(payload) {
      await first.ask({ kind: 'metrics', payload })
    },
    async measure() {
      const measurements = (await askAll({ kind: 'measure' })) as Measurement[]
      parts.telemetry.replaceShares(measurements.map(({ telemetry }) => telemetry))
      return [...new Set(measurements.flatMap(({ notReady }) => notReady))]
    },
    async close(deadline) {
      const closing = askAll({ kind: 'close' })
      const forgetDeadline = onceAborted(deadline, () => void askAll({ kind: 'cut' }))
      await closing
      forgetDeadline()
      await Promise.all(workers.map((worker) => worker.terminate()))
      await rollUpFile?.close()
    },
  }
}

/** A worker's configuration, with its share of the limits. */
function configOf(config: Config, index: number): Config {
  const { sendingQueue, limits, workers } = config
  return {
    ...config,
    sendingQueue: {
      ...sendingQueue,
      directory: index === 0 ? sendingQueue.directory : join(sendingQueue.directory, `worker-${index}`),
      maxSize: Math.floor(sendingQueue.maxSize / workers),
    },
    limits: { ...limits, memory: limits.memory / workers },
  }
}

/** Where the workers after the first have to listen: for port 0 the first has taken any free port. */
function receiversAt({ http, grpc }: Config['receivers'], addresses: ReceiverAddresses): Config['receivers'] {
  return { http: http && at(http, addresses.http), grpc: grpc && at(grpc, addresses.grpc) }
}

function at<Receiver extends ReceiverConfig>(receiver: Receiver, address: string | undefined): Receiver {
  return address === undefined ? receiver : { ...receiver, endpoint: new URL(address).host }
}

function startWorker(start: WorkerStart, { ledger, recordCalls }: DataPathParts): PoolWorker {
  const script = new URL(
    import.meta.url.endsWith('.ts') ? './worker-thread.ts' : './worker-thread.js',
    import.meta.url,
  )
  const worker = new Worker(script, { workerData: start })
  const questions = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()
  let asked = 0
  const ask = (question: WorkerQuestion): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const id = ++asked
      questions.set(id, { resolve, reject })
      worker.postMessage({ kind: 'question', id, question } satisfies WorkerRequest)
    })
  const append = async ({ appendId, spans }: Extract<WorkerMessage, { kind: 'append' }>): Promise<void> => {
    const error = await ledger?.append(spans).then(
      () => undefined,
      (thrown: NodeJS.ErrnoException) => ({
        message: thrown.message,
        ...(thrown.code && { code: thrown.code }),
      }),
    )
    worker.postMessage({ kind: 'appended', appendId, ...(error && { error }) } satisfies WorkerRequest)
  }
  const prepared = Promise.withResolvers<void>()
  const listening = Promise.withResolvers<ReceiverAddresses>()
  worker.on('message', (message: WorkerMessage) => {
    if (message.kind === 'calls') recordCalls(decodeCalls(message.calls))
    else if (message.kind === 'append') void append(message)
    else if (message.kind === 'prepared') prepared.resolve()
    else if (message.kind === 'ready') listening.resolve(message.addresses)
    else if (message.kind === 'failed') {
      const error = Object.assign(new WorkerError(message.error.message), { name: message.error.name })
      prepared.reject(error)
      listening.reject(error)
    } else {
      const { resolve: settle, reject: refuse } = questions.get(message.id) ?? {}
      questions.delete(message.id)
      if (message.error === undefined) settle?.(message.value)
      else refuse?.(new WorkerError(message.error))
    }
  })
  // A worker that dies ends the process, so that its supervisor starts a new one.
  worker.on('error', (error) => {
    throw error
  })
  // Where another worker could not start, nobody waits for this promise.
  listening.promise.catch(() => undefined)
  return {
    prepared: prepared.promise,
    listen(receivers) {
      worker.postMessage({ kind: 'listen', receivers } satisfies WorkerRequest)
      return listening.promise
    },
    ask,
    terminate: () => worker.terminate(),
  }
}
