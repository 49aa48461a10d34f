import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePorts } from '../../support/free-ports.ts'
import { configDirectory } from './collector.ts'
import { answers, programPath, type Running, start } from './programs.ts'

export interface AlertmanagerUnderTest extends Running {
  address: string
  /** Alerts that it has now, by name. */
  alerts(name: string): Promise<{ labels: Record<string, string>; annotations: Record<string, string> }[]>
}

/** A real Alertmanager with our configuration. */
export async function startAlertmanager(): Promise<AlertmanagerUnderTest> {
  const [port] = await freePorts(1)
  const directory = await mkdtemp(join(tmpdir(), 'spanmeter-alertmanager-'))
  const address = `127.0.0.1:${port}`
  const running = await start(
    programPath('alertmanager'),
    [
      `--config.file=${join(configDirectory, 'alertmanager/alertmanager.yml')}`,
      `--storage.path=${directory}`,
      `--web.listen-address=${address}`,
      '--cluster.listen-address=',
    ],
    () => answers(`http://${address}/-/ready`),
  )
  return {
    ...running,
    address,
    async stop() {
      await running.stop()
      await rm(directory, { recursive: true, force: true })
    },
    async alerts(name) {
      const filter = encodeURIComponent(`alertname="${name}"`)
      return (await (await fetch(`http://${address}/api/v2/alerts?filter=${filter}`)).json()) as Awaited<
        ReturnType<AlertmanagerUnderTest['alerts']>
      >
    },
  }
}
