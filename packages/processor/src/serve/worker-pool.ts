import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Config, ReceiverConfig } from '../config/types.ts'
import { openBatchMemory, sharedBatchMemory } from '../enrichment/batch-memory.ts'
import { refuseTakenPort } from '../network/listen.ts'
import { onceAborted } from '../once-aborted.ts'
import { decodeCalls } from './call-encoding.ts'
import type { DataPath, DataPathParts, ReceiverAddresses } from './data-path.ts'
import { type CallRemote, connectThreads } from './remote-procedures.ts'
import { keepRollUp } from './roll-up-file.ts'
import type { MainProcedures, WorkerProcedures, WorkerStart } from './worker-procedures.ts'

interface PoolWorker {
  readonly call: CallRemote<WorkerProcedures>
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
  const workers = Array.from({ length: config.workers }, (_, index) => {
    const start = { config: configOf(config, index), shared, logLevel, hasLedger: parts.ledger !== undefined }
    return startWorker(start, parts)
  }) as [PoolWorker, ...PoolWorker[]]
  const [first, ...others] = workers
  const terminateAll = () => Promise.all(workers.map((worker) => worker.terminate()))
  const { sendingQueue } = config
  let rollUpFile: ReturnType<typeof keepRollUp> | undefined
  let addresses: ReceiverAddresses
  try {
    await Promise.all(workers.map(({ call }) => call('prepare', [])))
    // Only now are the queue's directories known to be ours.
    if (sendingQueue.enabled) rollUpFile = keepRollUp(openBatchMemory(shared).rollUp, sendingQueue.directory)
    addresses = await first.call('listen', [config.receivers])
    const receivers = receiversAt(config.receivers, addresses)
    await Promise.all(others.map(({ call }) => call('listen', [receivers])))
  } catch (error) {
    await terminateAll()
    await rollUpFile?.close()
    throw error
  }
  return {
    addresses,
    async prepareReload(next) {
      await Promise.all(workers.map(({ call }, index) => call('prepareReload', [configOf(next, index)])))
      return async () => void (await Promise.all(workers.map(({ call }) => call('takeOver', []))))
    },
    sendMetrics: (payload) => first.call('sendMetrics', [payload]),
    async measure() {
      const measurements = await Promise.all(workers.map(({ call }) => call('measure', [])))
      parts.telemetry.replaceShares(measurements.map(({ telemetry }) => telemetry))
      return [...new Set(measurements.flatMap(({ notReady }) => notReady))]
    },
    async close(deadline) {
      const closing = Promise.allSettled(workers.map(({ call }) => call('close', [])))
      const forgetDeadline = onceAborted(deadline, () => {
        for (const { call } of workers) void call('cut', [])
      })
      const outcomes = await closing
      forgetDeadline()
      await terminateAll()
      await rollUpFile?.close()
      for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason
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
  // A worker that dies ends the process, so that its supervisor starts a new one.
  worker.on('error', (error) => {
    throw error
  })
  const call = connectThreads<MainProcedures, WorkerProcedures>(worker, {
    recordCalls: (calls) => recordCalls(decodeCalls(calls)),
    appendToLedger: async (spans) => ledger?.append(spans),
  })
  return { call, terminate: () => worker.terminate() }
}
