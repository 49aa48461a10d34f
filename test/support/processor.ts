import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { stringify } from 'yaml'

export const COMMAND: string = join(import.meta.dirname, '../../packages/processor/src/cli/main.ts')
/** Runs a Node program on the workspace's sources. */
export const ON_SOURCES = ['--conditions=@spanmeter/source']

export interface ProcessorUnderTest {
  /** Where it listens for OTLP/HTTP, and where the page and its API are. */
  http: string
  web: string
  stop(): Promise<void>
}

/** The real `spanmeter` process on free ports, with a directory of its own, forwarding to `backend`. */
export async function startProcessor(backend: string): Promise<ProcessorUnderTest> {
  const directory = await mkdtemp(join(tmpdir(), 'spanmeter-test-'))
  const endpoint = '127.0.0.1:0'
  const config = {
    receivers: { otlp: { protocols: { http: { endpoint }, grpc: { endpoint } } } },
    exporters: [{ name: 'backend', endpoint: backend }],
    sending_queue: { directory: join(directory, 'queue') },
    ledger: { path: join(directory, 'ledger.duckdb') },
    web: { endpoint },
  }
  const file = join(directory, 'spanmeter.yaml')
  await writeFile(file, stringify(config))
  const child = spawn(process.execPath, [...ON_SOURCES, COMMAND, '--config', file], {
    stdio: ['ignore', 'inherit', 'pipe'],
  })
  const exited = once(child, 'exit')
  const output: string[] = []
  for await (const line of createInterface({ input: child.stderr })) {
    output.push(line)
    if (!line.includes('"msg":"ready"')) continue
    const { http, web } = JSON.parse(line)
    child.stderr.resume()
    return {
      http,
      web,
      stop: async () => {
        child.kill('SIGTERM')
        await exited
        await rm(directory, { recursive: true, force: true })
      },
    }
  }
  throw new Error(`spanmeter ended before it was ready:\n${output.join('\n')}`)
}
