import { setFlagsFromString } from 'node:v8'
import type { Config } from '../config/types.ts'

/**
 * Percent. Memory that DuckDB hands to JavaScript is freed only when the objects that hold it are collected, and V8 doesn't
 * know how much memory that is.
 */
const WITH_LEDGER = 50

/**
 * Limits by how much the heap's old generation grows before it is collected. By default V8 lets it grow to four times the
 * size of what is alive. That is fastest, and does no harm without a ledger, where nothing large gets old.
 */
export function limitHeapGrowth({ ledger }: Pick<Config, 'ledger'>): void {
  if (ledger !== undefined) setFlagsFromString(`--heap-growing-percent=${WITH_LEDGER}`)
}
