import type { Signal } from './types.ts'

/** In the order of the numbers that the queue keeps on disk. */
export const SIGNALS: readonly Signal[] = ['traces', 'metrics', 'logs']

export function bySignal<T>(of: (signal: Signal) => T): Readonly<Record<Signal, T>> {
  return { traces: of('traces'), metrics: of('metrics'), logs: of('logs') }
}
