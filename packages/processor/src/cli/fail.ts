import { ConfigError } from '../config/config-file.ts'

/** Ends a command with one message a person can act on; the stack is for faults of ours only. */
export function fail(error: unknown): void {
  const known = error instanceof Error && error.name !== 'Error' && error.name !== 'TypeError'
  process.stderr.write(`spanmeter: ${known ? error.message : ((error as Error).stack ?? String(error))}\n`)
  process.exitCode = error instanceof ConfigError ? 2 : 1
}
