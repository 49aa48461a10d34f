import { workerData } from 'node:worker_threads'
import { type Delivery, OUTCOME } from './delivery.ts'
import { sendOtlp } from './send-otlp.ts'

/** Runs in a thread of its own while the app's exits: one try, as nobody will be there for another. */
const { requests, timeoutMillis, outcome } = workerData as Delivery

// What sends never keeps a process alive; this thread has to be.
const alive = setTimeout(() => settle(OUTCOME.failed), timeoutMillis)

void Promise.all(
  requests.map(async (request) => {
    try {
      await sendOtlp(request, timeoutMillis)
      return true
    } catch {
      return request.signal !== 'TRACES'
    }
  }),
).then((fates) => settle(fates.every(Boolean) ? OUTCOME.delivered : OUTCOME.failed))

function settle(how: number): void {
  clearTimeout(alive)
  Atomics.store(outcome, 0, how)
  Atomics.notify(outcome, 0)
}
