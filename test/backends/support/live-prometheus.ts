import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { freePorts } from '../../support/free-ports.ts'
import { configDirectory } from './collector.ts'
import { answers, programPath, type Running, start } from './programs.ts'

export interface LivePrometheus extends Running {
  /** Where it takes OTLP metrics. */
  otlp: string
  /** The API's `data` for a path below /api/v1. */
  api<Data>(path: string): Promise<Data>
}

/**
 * A real Prometheus with our rules that scrapes `targets` (by job) and evaluates each second, receives OTLP, and alerts
 * the Alertmanager at `alertmanager`, `host:port`.
 */
export async function startLivePrometheus(
  targets: Record<string, string>,
  alertmanager: string,
): Promise<LivePrometheus> {
  const directory = await mkdtemp(join(tmpdir(), 'spanmeter-prometheus-'))
  await cp(join(configDirectory, 'prometheus/rules'), join(directory, 'rules'), { recursive: true })
  const recordings = join(directory, 'rules/recordings.yml')
  await writeFile(recordings, (await readFile(recordings, 'utf8')).replace('interval: 1m', 'interval: 1s'))
  const config = {
    global: { scrape_interval: '1s', scrape_timeout: '1s', evaluation_interval: '1s' },
    rule_files: ['rules/*.yml'],
    alerting: { alertmanagers: [{ static_configs: [{ targets: [alertmanager] }] }] },
    scrape_configs: Object.entries(targets).map(([job, url]) => ({
      job_name: job,
      static_configs: [{ targets: [new URL(url).host] }],
    })),
  }
  await writeFile(join(directory, 'prometheus.yml'), stringify(config))
  const [port] = await freePorts(1)
  const url = `http://127.0.0.1:${port}`
  const running = await start(
    programPath('prometheus'),
    [
      `--config.file=${join(directory, 'prometheus.yml')}`,
      `--storage.tsdb.path=${join(directory, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--web.enable-otlp-receiver',
      '--enable-feature=exemplar-storage',
    ],
    () => answers(`${url}/-/ready`),
  )
  return {
    ...running,
    otlp: `${url}/api/v1/otlp`,
    async api<Data>(path: string): Promise<Data> {
      const body = (await (await fetch(`${url}/api/v1/${path}`)).json()) as { data: Data }
      return body.data
    },
    async stop() {
      await running.stop()
      await rm(directory, { recursive: true, force: true })
    },
  }
}
