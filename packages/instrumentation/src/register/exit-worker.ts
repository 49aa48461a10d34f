import { workerData } from 'node:worker_threads'
import { type Delivery, OUTCOME } from './delivery.ts'
import { sendTraces } from './send-otlp.ts'

/** Runs in a thread of its own while the app's exits: one try, as nobody will be there for another. */
const { protocol, body, timeoutMillis, outcome } = workerData as Delivery

// What sends never keeps a process alive; this thread has to be.
const alive = setTimeout(() => settle(OUTCOME.failed), timeoutMillis)

sendTraces(protocol, body, timeoutMillis).then(
  () => settle(OUTCOME.delivered),
  () => settle(OUTCOME.failed),
)

function settle(how: number): void {
  clearTimeout(alive)
  Atomics.store(outcome, 0, how)
  Atomics.notify(outcome, 0)
}
