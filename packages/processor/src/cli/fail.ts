import { LedgerError } from '@spanmeter/ledger'
import { isExpected } from '../telemetry/expected-error.ts'

/** By name: an error of a worker has no other class. */
const WRONGLY_ASKED = new Set(['ConfigError', 'UsageError'])

/** Ends a command with one message a person can act on; the stack is for faults of ours only. */
export function fail(error: unknown): void {
  const text = isExpected(error) ? error.message : ((error as Error).stack ?? String(error))
  process.stderr.write(`spanmeter: ${text}\n`)
  process.exitCode = isWronglyAsked(error as Error) ? 2 : 1
}

function isWronglyAsked(error: Error): boolean {
  return error instanceof LedgerError ? error.code === 'ledger_invalid_query' : WRONGLY_ASKED.has(error.name)
}
