import { workerData } from 'node:worker_threads'
import type { Delivery, ExportRequest } from './delivery.ts'
import { failureReason } from './failure-reason.ts'
import { sendOtlp } from './send-otlp.ts'

/** Runs in a thread of its own while the app exits. Each request is tried once: there is no time for more. */
const { requests, timeoutMillis, settled, problem } = workerData as Delivery

// Sending keeps no thread alive, but this one has to stay alive meanwhile.
const alive = setTimeout(() => {
  problem.postMessage(`no answer within ${timeoutMillis} ms`)
  settle()
}, timeoutMillis)

void Promise.all(requests.map(deliver)).then(settle)

async function deliver(request: ExportRequest): Promise<void> {
  try {
    await sendOtlp(request, timeoutMillis)
  } catch (error) {
    if (request.signal === 'TRACES') problem.postMessage(failureReason(error))
  }
}

function settle(): void {
  clearTimeout(alive)
  Atomics.store(settled, 0, 1)
  Atomics.notify(settled, 0)
}
