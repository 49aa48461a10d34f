import type { EventEmitter } from 'node:events'
import type { RunningMetering } from '../running-metering.ts'
import { safely } from '../safely.ts'
import { deliverBeforeExit } from './deliver-before-exit.ts'
import type { StartedSdk } from './sdk.ts'
import type { StartedSignal } from './started-signal.ts'

/** The signals that apps are stopped by and that end them at once by default. SIGUSR2 is nodemon's. */
const ENDING_SIGNALS: ReadonlySet<unknown> = new Set<NodeJS.Signals>([
  'SIGTERM',
  'SIGINT',
  'SIGHUP',
  'SIGUSR2',
])

/**
 * No finished span and no measurement is lost, however the app ends: by itself, by `process.exit`, by an exception or
 * by a signal. All but the last emit `exit`, during which nothing asynchronous runs any more.
 */
export function flushOnExit(metering: RunningMetering, sdk: StartedSdk): void {
  const flush = (): void => {
    safely('exit', () => {
      metering.endOpenCalls()
      deliverBeforeExit(Object.values(sdk).flatMap((signal: StartedSignal) => signal.takeSerialized()))
    })
  }
  process.on('exit', flush)
  flushOnSignal(flush)
}

/**
 * Listens for signals only while nobody else does. An app that listens decides itself whether and how it ends.
 * Libraries (`signal-exit` for one) count the listeners to find out whether they have to end the process.
 */
function flushOnSignal(flush: () => void): void {
  const onSignal = (signal: NodeJS.Signals): void => {
    flush()
    process.removeListener(signal, onSignal)
    process.kill(process.pid, signal)
  }
  const isOfOthers = (event: string | symbol, listener: unknown): event is NodeJS.Signals =>
    ENDING_SIGNALS.has(event) && listener !== onSignal
  const events: EventEmitter = process
  // Before Node's own listener, which starts to watch for a signal when its first listener is added.
  events.prependListener('newListener', (event, listener) => {
    if (isOfOthers(event, listener)) process.removeListener(event, onSignal)
  })
  events.on('removeListener', (event, listener) => {
    if (isOfOthers(event, listener) && process.listenerCount(event) === 0) process.on(event, onSignal)
  })
  // Without effect in worker threads, to which no signal is delivered.
  for (const signal of ENDING_SIGNALS as ReadonlySet<NodeJS.Signals>)
    if (process.listenerCount(signal) === 0) process.on(signal, onSignal)
}
