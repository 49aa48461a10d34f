import { join } from 'node:path'
import { type Ledger, type LedgerOptions, type LedgerSpan, openLedger } from '@spanmeter/ledger'
import { onTestFinished } from 'vitest'
import { temporaryDirectory } from '../../../test/support/temporary-directory.ts'

/** A path for a ledger in a directory that goes with the test. */
export function temporaryPath(): string {
  return join(temporaryDirectory(), 'ledger.duckdb')
}

/** An open ledger with these spans, closed with the test. */
export async function temporaryLedger(
  spans: readonly LedgerSpan[] = [],
  options: Partial<LedgerOptions> = {},
): Promise<Ledger> {
  const ledger = await openLedger({ path: temporaryPath(), ...options })
  onTestFinished(() => ledger.close())
  await ledger.append(spans)
  return ledger
}
