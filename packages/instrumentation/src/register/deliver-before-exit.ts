import { type Delivery, EXIT_WORKER, type ExportRequest } from './delivery.ts'
import { startExitWorker } from './exit-worker-thread.ts'
import { warnUndelivered } from './warn-undelivered.ts'

/** How long we may delay an exit, measured by the thread that delivers. */
const LIMIT_MS = 2_000
/** The same, including the start of that thread, which can take seconds in a throttled container. */
const LIMIT_WITH_START_MS = 10_000

/**
 * Delivers what is left while the process is exiting and its event loop stands still: a worker thread has a loop of its own,
 * and this thread waits for it.
 */
export function deliverBeforeExit(requests: readonly ExportRequest[]): void {
  if (requests.length === 0) return
  const problem = deliver(requests)
  if (problem !== undefined && requests.some(({ signal }) => signal === 'TRACES')) warnUndelivered(problem)
}

/** @returns what went wrong. */
function deliver(requests: readonly ExportRequest[]): string | undefined {
  // In such a process, Node aborts with a failed assertion when a thread opens a connection.
  if (process.execArgv.includes('--snapshot-blob')) return 'a process from a snapshot can start no thread'
  // Loaded here, so that the start of an app doesn't wait for it.
  const { MessageChannel, receiveMessageOnPort } = process.getBuiltinModule('node:worker_threads')
  const { port1: problems, port2: problem } = new MessageChannel()
  const settled = new Int32Array(new SharedArrayBuffer(4))
  const workerData: Delivery = { requests, timeoutMillis: LIMIT_MS, settled, problem }
  // Without this process's preloads, and without its output, which would need this thread's event loop.
  const { NODE_OPTIONS: _, ...env } = process.env
  try {
    startExitWorker({
      workerData,
      transferList: [problem],
      execArgv: [],
      env: { ...env, [EXIT_WORKER]: 'true' },
      stdout: true,
      stderr: true,
    })
  } catch (error) {
    // Node's permission model may not allow threads.
    return String(error)
  }
  const waited = Atomics.wait(settled, 0, 0, LIMIT_WITH_START_MS)
  if (waited === 'timed-out')
    return `the thread that delivers them did not run within ${LIMIT_WITH_START_MS} ms`
  return receiveMessageOnPort(problems)?.message as string | undefined
}
