import { setFlagsFromString } from 'node:v8'
import type { Config } from '../config/types.ts'

/** Percent. What DuckDB hands to JavaScript is freed only with the objects that hold it, and V8 doesn't know how much it is. */
const WITH_LEDGER = 50

/**
 * How much the heap's old generation grows beyond what is alive in it before it is searched. Left alone, V8 lets it become
 * four times as large, which is fastest, and as good where nothing large becomes old.
 */
export function limitHeapGrowth({ ledger }: Pick<Config, 'ledger'>): void {
  if (ledger !== undefined) setFlagsFromString(`--heap-growing-percent=${WITH_LEDGER}`)
}
