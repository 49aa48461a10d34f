import { ConfigError } from '../config/config-file.ts'
import { isExpected } from '../telemetry/expected-error.ts'

/** Ends a command with one message a person can act on; the stack is for faults of ours only. */
export function fail(error: unknown): void {
  const text = isExpected(error) ? error.message : ((error as Error).stack ?? String(error))
  process.stderr.write(`spanmeter: ${text}\n`)
  process.exitCode = error instanceof ConfigError ? 2 : 1
}
