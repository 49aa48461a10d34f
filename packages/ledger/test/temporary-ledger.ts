import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Ledger, type LedgerOptions, type LedgerSpan, openLedger } from '@spanmeter/ledger'
import { onTestFinished } from 'vitest'

/** A path for a ledger in a directory that goes with the test. */
export function temporaryPath(): string {
  const directory = mkdtempSync(join(tmpdir(), 'spanmeter-ledger-'))
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }))
  return join(directory, 'ledger.duckdb')
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
