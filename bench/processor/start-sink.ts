import { spawn } from 'node:child_process'
import { join } from 'node:path'

export interface Sink {
  readonly httpPort: number
  readonly grpcPort: number
  stop(): void
}

/** A backend that takes everything, in a process of its own. */
export async function startSink(launcher: readonly string[] = []): Promise<Sink> {
  const [command, ...args] = [...launcher, process.execPath, join(import.meta.dirname, 'sink.ts')]
  const child = spawn(command!, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const [httpPort, grpcPort] = await new Promise<[number, number]>((resolve) => {
    child.stdout.once('data', (line) => {
      const [http, grpc] = String(line).split(' ').map(Number)
      resolve([http!, grpc!])
    })
  })
  return { httpPort, grpcPort, stop: () => child.kill() }
}
