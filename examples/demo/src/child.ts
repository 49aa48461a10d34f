import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

export interface Child {
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
  const exited = once(child, 'exit').then(() => running.delete(child))
  const lines = createInterface({ input: child.stdout })
  const waiting = new Set<(line: string) => void>()
  lines.on('line', (line) => {
    for (const listener of waiting) listener(line)
  })
  return {
    line: (pattern) =>
      new Promise((resolve, reject) => {
        const listener = (line: string): void => {
          const match = pattern.exec(line)
          if (match === null) return
          waiting.delete(listener)
          resolve(match)
        }
        waiting.add(listener)
        child.once('exit', (code) =>
          reject(new Error(`${name} ended (exit code ${code}) before it was ready`)),
        )
      }),
    stop: async () => {
      child.kill('SIGTERM')
      await exited
    },
  }
}
