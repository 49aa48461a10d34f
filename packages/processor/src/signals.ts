import type { Signal } from './types.ts'

/** In this order for ever: the queue's files have the index of a record's signal. */
export const SIGNALS: readonly Signal[] = ['traces', 'metrics', 'logs']

export function bySignal<T>(of: (signal: Signal) => T): Readonly<Record<Signal, T>> {
  return { traces: of('traces'), metrics: of('metrics'), logs: of('logs') }
}
