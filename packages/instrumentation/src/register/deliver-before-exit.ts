import { createRequire } from 'node:module'
import { type Delivery, EXIT_WORKER, type ExportRequest, OUTCOME } from './delivery.ts'
import { warnUndelivered } from './undelivered-spans.ts'

/** How long an exit may take for our sake. */
const LIMIT_MS = 2_000

/**
 * Delivers what is left while the process is exiting and its event loop stands still: a worker thread has a loop of its own,
 * and this thread waits for it, but no longer than {@link LIMIT_MS}.
 */
export function deliverBeforeExit(requests: readonly ExportRequest[]): void {
  if (requests.length === 0) return
  const outcome = new Int32Array(new SharedArrayBuffer(4))
  const workerData: Delivery = { requests, timeoutMillis: LIMIT_MS, outcome }
  // Without the preloads of this process, and with nothing of its output: that would need this thread's event loop.
  const { NODE_OPTIONS: _, ...env } = process.env
  const require = createRequire(import.meta.url)
  // Loaded when it is wanted: the start of an app doesn't wait for it.
  const { Worker } = require('node:worker_threads') as typeof import('node:worker_threads')
  new Worker(require.resolve('#exit-worker'), {
    workerData,
    execArgv: [],
    env: { ...env, [EXIT_WORKER]: 'true' },
    stdout: true,
    stderr: true,
  })
  const waited = Atomics.wait(outcome, 0, OUTCOME.pending, LIMIT_MS)
  if (!requests.some(({ signal }) => signal === 'TRACES')) return
  if (waited === 'timed-out') warnUndelivered(`no answer within ${LIMIT_MS} ms`)
  else if (outcome[0] === OUTCOME.failed) warnUndelivered('unreachable, or refused')
}
