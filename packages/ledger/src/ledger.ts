import type { Dimension } from './dimensions.ts'
import type { ExportedFile } from './export-calls.ts'
import type { ExportFormat } from './export-format.ts'
import type { Selection } from './query.ts'
import type { DimensionValue, LedgerContents, Total, Trace, ValueQuery } from './read-ledger.ts'
import type { SqlResult } from './read-only-sql.ts'
import type { LedgerSpan } from './types.ts'
import type { ViewQuery, ViewResult } from './view-types.ts'

export interface LedgerOptions {
  /** The DuckDB file; created with its directory unless `readOnly`. */
  readonly path: string
  /** Only views, SQL and export; the file must be there, and no other process may be writing it. */
  readonly readOnly?: boolean
  /** How long spans are kept, in milliseconds; for good where left out. */
  readonly retention?: number
  /** The business keys that every call should carry: `feature` where left out. */
  readonly requiredKeys?: readonly string[]
  /** Bytes that DuckDB may take, at least 128 MiB; where left out, a quarter of what the process may have, at most 1 GiB. */
  readonly memoryLimit?: number
}

/** What is asked of a ledger. Every method throws `LedgerError`. */
export interface LedgerReader {
  /** One view over the calls that a query selects. */
  view(name: string, query?: ViewQuery): Promise<ViewResult>
  /** What the calls of a selection cost. */
  total(selection?: Selection): Promise<Total>
  contents(): Promise<LedgerContents>
  dimensions(): Promise<readonly Dimension[]>
  /** The values of a dimension, the most expensive first. */
  dimensionValues(name: string, query?: ValueQuery): Promise<readonly DimensionValue[]>
  /** One trace with own and inclusive cost of each span; `undefined` where there is none. */
  trace(traceId: string): Promise<Trace | undefined>
  /** One SELECT over the public SQL views. At most `limit` rows, 10,000 where left out. */
  sql(statement: string, limit?: number): Promise<SqlResult>
  /** The counted calls of a selection as a file, which the caller removes. */
  export(format: ExportFormat, selection?: Selection): Promise<ExportedFile>
}

/** The embedded spend store: one row a span, and the views over them. Every method throws `LedgerError`. */
export interface Ledger extends LedgerReader {
  readonly path: string
  readonly schemaVersion: number
  readonly retention: number | undefined
  readonly requiredKeys: readonly string[]
  /** Changes whenever the ledger does. */
  readonly revision: string
  /**
   * Writes spans in one transaction, all or none. A span that is there already, by (trace id, span id), changes no total;
   * it fills in what was unknown. A transaction costs some ten milliseconds whatever its size: hand over many spans at once.
   */
  append(spans: readonly LedgerSpan[]): Promise<void>
  /**
   * A reader for a client that may go away: when the signal aborts, its running and waiting queries are interrupted,
   * with the signal's reason.
   */
  reader(signal: AbortSignal): LedgerReader
  close(): Promise<void>
}

/**
 * Opens the ledger at `path`, or creates it. DuckDB is loaded with the first ledger: it takes 30 MB and a tenth of a
 * second, which users without one are spared.
 *
 * @throws LedgerError saying what is wrong with the file and what to do about it
 */
export async function openLedger(options: LedgerOptions): Promise<Ledger> {
  const { openDuckdbLedger } = await import('./duckdb-ledger.ts')
  return openDuckdbLedger(options)
}
