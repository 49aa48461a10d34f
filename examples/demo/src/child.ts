import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

export interface Child {
  /** Rejects when the process ends by itself. */
  readonly ended: Promise<never>
  /** Resolves with the match once a line of standard output matches. */
  line(pattern: RegExp): Promise<RegExpMatchArray>
  /** Ends the process with SIGTERM and waits for it. */
  stop(): Promise<void>
}

const running = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of running) child.kill()
})

/** Starts a Node process; what it writes to standard error is shown. */
export function startNode(name: string, args: string[], env: Record<string, string>): Child {
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  running.add(child)
  const exited = once(child, 'exit').then(([code]) => {
    running.delete(child)
    return code as number | null
  })
  const lines = createInterface({ input: child.stdout })
  const ended = exited.then((code): never => {
    throw new Error(`${name} ended, with exit code ${code}`)
  })
  ended.catch(() => undefined)
  return {
    ended,
    line: (pattern) => {
      const found = new Promise<RegExpMatchArray>((resolve) => {
        const listener = (line: string): void => {
          const match = pattern.exec(line)
          if (match === null) return
          lines.off('line', listener)
          resolve(match)
        }
        lines.on('line', listener)
      })
      return Promise.race([found, ended])
    },
    stop: async () => {
      child.kill('SIGTERM')
      await exited
    },
  }
}
