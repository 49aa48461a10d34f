import { Worker } from 'node:worker_threads'
import { JsonTraceSerializer, ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer'
import type { ReadableSpan } from '@opentelemetry/sdk-trace'
import { type Delivery, OUTCOME } from './delivery.ts'
import { readOtlpProtocol } from './otlp-protocol.ts'
import { warnUndelivered } from './undelivered-spans.ts'

/** How long an exit may take for our sake. */
const LIMIT_MS = 2_000

/**
 * Delivers spans while the process is exiting and its event loop stands still: a worker thread has a loop of its own,
 * and this thread waits for it, but no longer than {@link LIMIT_MS}.
 */
export function deliverBeforeExit(spans: ReadableSpan[]): void {
  const protocol = readOtlpProtocol('TRACES')
  const serializer = protocol === 'http/json' ? JsonTraceSerializer : ProtobufTraceSerializer
  const body = spans.length === 0 ? undefined : serializer.serializeRequest(spans)
  if (body === undefined) return
  const outcome = new Int32Array(new SharedArrayBuffer(4))
  const workerData: Delivery = { spanmeter: true, protocol, body, timeoutMillis: LIMIT_MS, outcome }
  // Without the preloads of this process, and with nothing of its output: that would need this thread's event loop.
  const { NODE_OPTIONS: _, ...env } = process.env
  new Worker(new URL(import.meta.resolve('#exit-worker')), {
    workerData,
    execArgv: [],
    env,
    stdout: true,
    stderr: true,
  })
  const waited = Atomics.wait(outcome, 0, OUTCOME.pending, LIMIT_MS)
  if (waited === 'timed-out') warnUndelivered(`no answer within ${LIMIT_MS} ms`)
  else if (outcome[0] === OUTCOME.failed) warnUndelivered('unreachable, or refused')
}
