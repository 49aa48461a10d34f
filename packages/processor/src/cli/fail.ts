import { LedgerError } from '@spanmeter/ledger'
import { isExpected } from '../telemetry/expected-error.ts'

/** Names of errors that are the user's. Names, as errors from worker threads lose their class. */
const WRONGLY_ASKED = new Set(['ConfigError', 'UsageError'])

/** Ends a command with a message that the user can act on; the stack is printed only for bugs of ours. */
export function fail(error: unknown): void {
  const text = isExpected(error) ? error.message : ((error as Error).stack ?? String(error))
  process.stderr.write(`spanmeter: ${text}\n`)
  process.exitCode = isWronglyAsked(error as Error) ? 2 : 1
}

function isWronglyAsked(error: Error): boolean {
  return error instanceof LedgerError ? error.code === 'ledger_invalid_query' : WRONGLY_ASKED.has(error.name)
}
