import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/** Runs a Node program on the workspace's sources. */
export const ON_SOURCES = ['--conditions=@spanmeter/source']

/** The real command, on the sources. */
export const PROCESSOR_COMMAND: readonly string[] = [
  process.execPath,
  ...ON_SOURCES,
  join(import.meta.dirname, '../../packages/processor/src/cli/main.ts'),
]

/** One life of the processor. */
export interface Life {
  readonly http: string
  /** Empty where it is switched off. */
  readonly grpc: string
  readonly web: string
  readonly pid: number
  /** As the kernel's out-of-memory killer or a lost machine would end it. */
  kill(): Promise<void>
  /** In order. Resolves to the exit code. */
  stop(): Promise<number | null>
}

/**
 * Starts it and waits until it is ready.
 *
 * @param launcher what runs the command, where it isn't run as it is
 */
export async function startLife(configFile: string, launcher: readonly string[] = []): Promise<Life> {
  const [command, ...args] = [...launcher, ...PROCESSOR_COMMAND] as [string, ...string[]]
  const child = spawn(command, [...args, '--config', configFile], { stdio: ['ignore', 'ignore', 'pipe'] })
  const exited = once(child, 'exit')
  const { http, grpc = '', web } = await ready(child)
  return {
    http,
    grpc,
    web,
    pid: child.pid ?? 0,
    async kill() {
      child.kill('SIGKILL')
      await exited
    },
    async stop() {
      child.kill('SIGTERM')
      const [code] = await exited
      return code
    },
  }
}

interface Addresses {
  readonly http: string
  readonly grpc?: string
  readonly web: string
}

async function ready(child: ChildProcess): Promise<Addresses> {
  const output: string[] = []
  const lines = createInterface({ input: child.stderr as NodeJS.ReadableStream })
  const found = new Promise<Addresses>((resolve, reject) => {
    lines.on('line', (line) => {
      output.push(line)
      if (line.includes('"msg":"ready"')) resolve(JSON.parse(line))
    })
    lines.once('close', () =>
      reject(new Error(`the processor ended before it was ready:\n${output.join('\n')}`)),
    )
  })
  const addresses = await found
  output.length = 0
  return addresses
}
