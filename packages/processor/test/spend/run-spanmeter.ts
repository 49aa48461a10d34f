import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { PROCESSOR_COMMAND } from '../../../../test/support/processor-process.ts'

const PACKAGE = fileURLToPath(new URL('../..', import.meta.url))

export interface Finished {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs the command line in a process of its own, on the sources. */
export function runSpanmeter(arguments_: readonly string[], cwd: string = PACKAGE): Promise<Finished> {
  const [command, ...program] = PROCESSOR_COMMAND as [string, ...string[]]
  return new Promise((resolve) => {
    execFile(
      command,
      [...program, ...arguments_],
      { cwd, env: { ...process.env, NO_COLOR: '', SPANMETER_CONFIG: undefined } },
      (error, stdout, stderr) =>
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
    )
  })
}
