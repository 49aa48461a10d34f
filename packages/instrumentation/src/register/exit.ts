import type { RunningMetering } from '../start-metering.ts'
import { deliverBeforeExit } from './deliver-before-exit.ts'
import type { StartedSdk } from './sdk.ts'

/** Those whose default is to end the process without a word. */
const ENDING_SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const

/**
 * No finished span and no measurement is lost, however the app ends: by itself, by `process.exit`, by an exception or by a signal. All but
 * the last pass through the `exit` event, where nothing asynchronous runs any more.
 */
export function flushOnExit(metering: RunningMetering, { undelivered, metrics, logs }: StartedSdk): void {
  const flush = (): void => {
    metering.endOpenCalls()
    deliverBeforeExit([
      ...undelivered.takeSerialized(),
      ...metrics.takeSerialized(),
      ...logs.takeSerialized(),
    ])
  }
  process.on('exit', flush)
  // To worker threads none is delivered.
  for (const signal of ENDING_SIGNALS) {
    process.prependListener(signal, function onSignal() {
      // An app that listens decides itself whether, when and how it ends.
      if (process.listenerCount(signal) > 1) return
      flush()
      process.removeListener(signal, onSignal)
      process.kill(process.pid, signal)
    })
  }
}
