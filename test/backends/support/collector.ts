import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePorts } from '../../support/free-ports.ts'
import { answers, programPath, type Running, start } from './programs.ts'

export const configDirectory: string = join(import.meta.dirname, '../../../collector-config')

export interface CollectorUnderTest extends Running {
  http: string
  grpc: string
  /** Where its Prometheus exporter is, where it has one. */
  prometheus: string
}

/** A real Collector with one of our configurations, on ports of its own. */
export async function startCollector(
  config: string,
  env: Record<string, string>,
  overrides: readonly string[] = [],
): Promise<CollectorUnderTest> {
  const [http, grpc, health, prometheus, telemetry] = (await freePorts(5)).map((port) => `127.0.0.1:${port}`)
  const directory = await mkdtemp(join(tmpdir(), 'spanmeter-collector-'))
  const own = `yaml:service::telemetry::metrics::readers: [{pull: {exporter: {prometheus: {host: 127.0.0.1, port: ${telemetry!.split(':')[1]}}}}}]`
  const running = await start(
    programPath('otelcol'),
    [join(configDirectory, 'collector', config), own, ...overrides].flatMap((source) => ['--config', source]),
    () => answers(`http://${health}/`),
    {
      HTTP_ENDPOINT: http,
      GRPC_ENDPOINT: grpc,
      HEALTH_ENDPOINT: health,
      PROMETHEUS_ENDPOINT: prometheus,
      STORAGE_DIRECTORY: directory,
      ...env,
    },
  )
  const stop = async (): Promise<void> => {
    await running.stop()
    await rm(directory, { recursive: true, force: true })
  }
  return { ...running, stop, http: `http://${http}`, grpc: grpc!, prometheus: `http://${prometheus}` }
}
