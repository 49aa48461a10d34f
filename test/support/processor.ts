import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { startLife } from './processor-process.ts'

export interface ProcessorUnderTest {
  /** Where it listens for OTLP, and where the page and its API are; as URLs. */
  readonly http: string
  readonly grpc: string
  readonly web: string
  stop(): Promise<void>
}

/**
 * The real `spanmeter` process on free ports, with a directory of its own.
 *
 * @param sections of the configuration file, beside those that a test needs anyway
 */
export async function startProcessor(sections: Record<string, unknown>): Promise<ProcessorUnderTest> {
  const directory = await mkdtemp(join(tmpdir(), 'spanmeter-test-'))
  const endpoint = '127.0.0.1:0'
  const config = {
    receivers: { otlp: { protocols: { http: { endpoint }, grpc: { endpoint } } } },
    sending_queue: { directory: join(directory, 'queue') },
    ledger: { path: join(directory, 'ledger.duckdb') },
    web: { endpoint },
    ...sections,
  }
  const file = join(directory, 'spanmeter.yaml')
  await writeFile(file, stringify(config))
  const { http, grpc, web, stop } = await startLife(file)
  return {
    http,
    grpc,
    web,
    async stop() {
      await stop()
      await rm(directory, { recursive: true, force: true })
    },
  }
}
