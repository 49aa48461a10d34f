import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const PACKAGE = fileURLToPath(new URL('../..', import.meta.url))

export interface Finished {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs the command line in a process of its own, on the sources. */
export function runSpanmeter(arguments_: readonly string[], cwd: string = PACKAGE): Promise<Finished> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [
        '--conditions=@spanmeter/source',
        fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url)),
        ...arguments_,
      ],
      { cwd, env: { ...process.env, NO_COLOR: '', SPANMETER_CONFIG: undefined } },
      (error, stdout, stderr) =>
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
    )
  })
}
