import { setFlagsFromString } from 'node:v8'
import type { Config } from '../config/types.ts'

/** Percent. What DuckDB hands to JavaScript is freed only with the objects that hold it, and V8 doesn't know how much it is. */
const WITH_LEDGER = 50
/** Percent. Calls that wait for the disk are old by the time they are done: 35 MB of them, and it takes little to search. */
const WITH_QUEUE = 100

/**
 * How much the heap's old generation grows beyond what is alive in it before it is searched. Left alone, V8 lets it become
 * four times as large, which is fastest, and as good where nothing has to wait.
 */
export function limitHeapGrowth({ ledger, sendingQueue }: Config): void {
  if (ledger !== undefined) setFlagsFromString(`--heap-growing-percent=${WITH_LEDGER}`)
  else if (sendingQueue.enabled) setFlagsFromString(`--heap-growing-percent=${WITH_QUEUE}`)
}
