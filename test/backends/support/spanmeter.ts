import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { freePorts } from '../../support/free-ports.ts'
import { answers, start } from './programs.ts'

const command = join(import.meta.dirname, '../../../packages/processor/src/cli/main.ts')

export interface SpanmeterUnderTest {
  http: string
  grpc: string
  web: string
  stop(): Promise<void>
}

/** The real `spanmeter` process on ports of its own. `config` is laid over what the test needs anyway. */
export async function startSpanmeter(config: Record<string, unknown>): Promise<SpanmeterUnderTest> {
  const directory = await mkdtemp(join(tmpdir(), 'spanmeter-backends-'))
  const [http, grpc, web] = (await freePorts(3)).map((port) => `127.0.0.1:${port}`)
  const file = join(directory, 'spanmeter.yaml')
  await writeFile(
    file,
    stringify({
      receivers: { otlp: { protocols: { http: { endpoint: http }, grpc: { endpoint: grpc } } } },
      sending_queue: { directory: join(directory, 'queue') },
      ledger: { path: join(directory, 'ledger.duckdb') },
      web: { endpoint: web },
      ...config,
    }),
  )
  const running = await start(
    process.execPath,
    ['--conditions=@spanmeter/source', command, '--config', file],
    () => answers(`http://${web}/readyz`),
  )
  return {
    http: `http://${http}`,
    grpc: `${grpc}`,
    web: `http://${web}`,
    async stop() {
      await running.stop()
      await rm(directory, { recursive: true, force: true })
    },
  }
}
