import { appendBatch } from './append-batch.ts'
import { Database } from './database.ts'
import { runView } from './run-view.ts'
import type { LedgerSpan } from './types.ts'
import type { ViewQuery, ViewResult } from './view-types.ts'

export interface LedgerOptions {
  /** The DuckDB file; created with its directory unless `readOnly`. */
  readonly path: string
  /** Only views, SQL and export; the file must be there, and no other process may be writing it. */
  readonly readOnly?: boolean
  /** The business keys that every call should carry: `feature`, `tenant` and `team` where left out. */
  readonly requiredKeys?: readonly string[]
  /** How much memory DuckDB may take, `1GB` where left out. */
  readonly memoryLimit?: string
}

/** The embedded spend store: one row a span, and the views over them. Every method throws `LedgerError`. */
export interface Ledger {
  readonly path: string
  /** The business keys that every call should carry. */
  readonly requiredKeys: readonly string[]
  /** Changes whenever the ledger does. */
  readonly revision: string
  /** Writes spans, all or none. A span that is there already, by (trace id, span id), changes no total. */
  append(spans: readonly LedgerSpan[]): Promise<void>
  /** One view over the calls that a query selects. */
  view(name: string, query?: ViewQuery): Promise<ViewResult>
  close(): Promise<void>
}

const DEFAULT_REQUIRED_KEYS: readonly string[] = ['feature', 'tenant', 'team']

/**
 * Opens the ledger at `path`, or creates it.
 *
 * @throws LedgerError saying what is wrong with the file and what to do about it
 */
export async function openLedger(options: LedgerOptions): Promise<Ledger> {
  const { path, readOnly = false, requiredKeys = DEFAULT_REQUIRED_KEYS, memoryLimit = '1GB' } = options
  const database = await Database.open({ path, readOnly, memoryLimit })
  const opened = Date.now().toString(36)
  let changes = 0
  return {
    path,
    requiredKeys,
    get revision() {
      return `${opened}-${changes}`
    },
    async append(spans) {
      await database.write((connection) => appendBatch(connection, spans))
      changes++
    },
    view: (name, query = {}) =>
      database.read((connection) => runView(connection, name, query, { now: new Date(), requiredKeys })),
    close: () => database.close(),
  }
}
