import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { parse } from 'yaml'
import { loadConfig } from '../../packages/processor/src/config/load-config.ts'
import { startAlertmanager } from './support/alertmanager.ts'
import { configDirectory, startCollector } from './support/collector.ts'
import { havePrograms, runProgram } from './support/programs.ts'

const repository = join(configDirectory, '..')
const configs = (pattern: string): string[] => globSync(pattern, { cwd: configDirectory }).sort()

describe.skipIf(!havePrograms('otelcol'))('Collector configurations', () => {
  it.each(configs('collector/*.yaml'))('%s is valid to the real Collector', async (config) => {
    await runProgram('otelcol', ['validate', '--config', join(configDirectory, config)])
  })
})

describe.skipIf(!havePrograms('otelcol'))('the side branch', () => {
  it('holds nothing up when it is down and its queue is full', async () => {
    const collector = await startCollector('side-branch.yaml', { SPANMETER_ENDPOINT: 'http://127.0.0.1:9' }, [
      'yaml:exporters: { debug: {}, otlp_http/spanmeter: { sending_queue: { queue_size: 1 } } }',
      'yaml:service::pipelines::traces::exporters: [debug]',
      // So that each request comes to the queue by itself.
      'yaml:processors::batch: { send_batch_size: 1, timeout: 0s }',
    ])
    onTestFinished(() => collector.stop())
    const span = { traceId: '4bf92f3577b34da6a3ce929d0e0e4736', spanId: '00f067aa0ba902b7', name: 'chat' }
    const body = JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] })
    const headers = { 'content-type': 'application/json' }
    const statuses: number[] = []
    while (statuses.length < 20)
      statuses.push((await fetch(`${collector.http}/v1/traces`, { method: 'POST', headers, body })).status)
    expect(new Set(statuses)).toEqual(new Set([200]))
  })
})

describe.skipIf(!havePrograms('jaeger'))('the Jaeger configuration', () => {
  it('is valid to the real Jaeger', async () => {
    await runProgram('jaeger', ['validate', '--config', join(configDirectory, 'jaeger/jaeger.yaml')])
  })
})

describe.skipIf(!havePrograms('promtool', 'prometheus'))('the Prometheus configuration', () => {
  it('is valid to the real promtool, rules and all', async () => {
    await runProgram('promtool', ['check', 'config', join(configDirectory, 'prometheus/prometheus.yml')])
  })
})

describe.skipIf(!havePrograms('alertmanager'))('the Alertmanager configuration', () => {
  it('is what the real Alertmanager starts with', async () => {
    const running = await startAlertmanager()
    await running.stop()
  })
})

describe.skipIf(!havePrograms('docker-compose'))('docker-compose.yml', () => {
  it('is valid to the real docker compose', async () => {
    await runProgram('docker-compose', [
      '--profile',
      'demo',
      '-f',
      join(repository, 'docker-compose.yml'),
      'config',
      '--quiet',
    ])
  })
})

describe('docker-compose.yml', () => {
  interface Service {
    image?: string
    ports?: string[]
    healthcheck?: object
    volumes?: string[]
    build?: { dockerfile: string }
  }
  const compose = parse(readFileSync(join(repository, 'docker-compose.yml'), 'utf8'), { merge: true }) as {
    services: Record<string, Service>
  }
  const services = Object.entries(compose.services)

  it('opens ports on loopback only', () => {
    for (const [, { ports = [] }] of services)
      for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/)
  })

  it('pins every image to a version', () => {
    for (const [, { image }] of services) if (image !== undefined) expect(image).toMatch(/:v?\d+\.\d+\.\d+/)
  })

  it('says of every lasting service how its health is told', () => {
    expect(services.filter(([, { healthcheck }]) => healthcheck === undefined).map(([name]) => name)).toEqual(
      ['tools'],
    )
  })

  it('builds the images that run our packages by the build that bundles them', () => {
    const dockerfiles = services.flatMap(([, { build }]) => build?.dockerfile ?? [])
    expect(dockerfiles).toHaveLength(2)
    for (const dockerfile of dockerfiles)
      expect(readFileSync(join(repository, dockerfile), 'utf8')).toContain('npm run build')
  })

  it('mounts only what is there', () => {
    const mounted = services
      .flatMap(([, { volumes = [] }]) => volumes)
      .filter((volume) => volume.startsWith('./'))
    for (const volume of mounted)
      expect(globSync(join(repository, volume.split(':')[0]!)), volume).toHaveLength(1)
  })
})

describe('spanmeter configurations', () => {
  it.each([...configs('backends/*.yaml'), ...configs('spanmeter/*.yaml')])('%s is valid', (name) => {
    const path = join(configDirectory, name)
    const variables = [...readFileSync(path, 'utf8').matchAll(/\$\{env:(\w+)\}/g)].map(([, name]) => name!)
    const environment = Object.fromEntries(
      variables.map((name) => [name, name.endsWith('_ENDPOINT') ? 'http://127.0.0.1:4318' : 'value']),
    )
    const [exporter] = loadConfig(path, environment).exporters
    expect(exporter?.name).toBe(basename(path) === 'compose.yaml' ? 'otelcol' : basename(path, '.yaml'))
  })
})
