import { workerData } from 'node:worker_threads'
import type { Delivery, ExportRequest } from './delivery.ts'
import { failureReason } from './failure-reason.ts'
import { sendOtlp } from './send-otlp.ts'

/** Runs in a thread of its own while the app's exits: one try, as nobody will be there for another. */
const { requests, timeoutMillis, settled, problem } = workerData as Delivery

// What sends never keeps a process alive; this thread has to be.
const alive = setTimeout(settle, timeoutMillis)

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
