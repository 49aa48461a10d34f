import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { parseConfig } from '../src/index.ts'

const directory = join(import.meta.dirname, '../deploy')
const read = (name: string): string => readFileSync(join(directory, name), 'utf8')

interface Port {
  readonly name: string
  readonly containerPort?: number
  readonly port?: number
  readonly targetPort?: string
}
type Probe = { readonly httpGet: { readonly path: string; readonly port: string } }
interface Manifest {
  readonly kind: string
  readonly metadata: { readonly name: string; readonly labels: object }
  readonly data: Record<string, string>
  readonly spec: {
    readonly serviceName: string
    readonly selector: object
    readonly ports: readonly Port[]
    readonly volumeClaimTemplates: readonly { readonly metadata: { readonly name: string } }[]
    readonly template: {
      readonly metadata: { readonly labels: object; readonly annotations: Record<string, string> }
      readonly spec: {
        readonly terminationGracePeriodSeconds: number
        readonly securityContext: { readonly runAsUser: number }
        readonly volumes: readonly { readonly name: string }[]
        readonly containers: readonly {
          readonly args: readonly string[]
          readonly image: string
          readonly ports: readonly Port[]
          readonly startupProbe: Probe
          readonly livenessProbe: Probe
          readonly readinessProbe: Probe
          readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string }[]
        }[]
      }
    }
  }
}

describe('the Kubernetes manifest', () => {
  const manifests = parseAllDocuments(read('kubernetes.yaml')).map((each) => each.toJS() as Manifest)
  const named = (kind: string, name: string): Manifest =>
    manifests.find(({ kind: is, metadata }) => is === kind && metadata.name === name)!
  const config = parseConfig(named('ConfigMap', 'spanmeter').data['spanmeter.yaml']!, 'kubernetes.yaml', {})
  const { spec } = named('StatefulSet', 'spanmeter')
  const pod = spec.template.spec
  const [container] = pod.containers as [(typeof pod.containers)[0]]
  const portOf = (endpoint: string | undefined): number => Number(endpoint?.split(':')[1])
  const ports = {
    'otlp-grpc': portOf(config.receivers.grpc?.endpoint),
    'otlp-http': portOf(config.receivers.http?.endpoint),
    web: portOf(config.web?.endpoint),
  }

  test('names the ports that its configuration opens, to the pod, its services and Prometheus', () => {
    const opened = Object.fromEntries(container.ports.map(({ name, containerPort }) => [name, containerPort]))
    expect(opened).toEqual(ports)
    const service = named('Service', 'spanmeter').spec
    expect(service.ports).toEqual(
      Object.entries(ports).map(([name, port]) => ({ name, port, targetPort: name })),
    )
    expect(named('Service', spec.serviceName).spec.ports[0]?.targetPort).toBe('otlp-grpc')
    expect(spec.template.metadata.annotations['prometheus.io/port']).toBe(String(ports.web))
  })

  test('asks the page for its health', () => {
    const { startupProbe, livenessProbe, readinessProbe } = container
    expect([startupProbe, livenessProbe, readinessProbe].map(({ httpGet }) => httpGet)).toEqual([
      { path: '/healthz', port: 'web' },
      { path: '/healthz', port: 'web' },
      { path: '/readyz', port: 'web' },
    ])
  })

  test('keeps queue and ledger on the disk that it claims', () => {
    const claimed = spec.volumeClaimTemplates.map(({ metadata }) => metadata.name)
    const kept = container.volumeMounts.filter(({ name }) => claimed.includes(name))
    for (const path of [config.sendingQueue.directory, config.ledger!.path])
      expect(kept.some(({ mountPath }) => path.startsWith(`${mountPath}/`))).toBe(true)
  })

  test('mounts volumes that are there, and starts with the mounted configuration', () => {
    const volumes = [...pod.volumes, ...spec.volumeClaimTemplates.map(({ metadata }) => metadata)]
    expect(container.volumeMounts.map(({ name }) => name)).toEqual(['config', 'data', 'tmp'])
    expect(volumes.map(({ name }) => name).sort()).toEqual(['config', 'data', 'tmp'])
    expect(container.args).toEqual(['--config', '/etc/spanmeter/spanmeter.yaml'])
  })

  test('gives an orderly stop its time', () => {
    expect(pod.terminationGracePeriodSeconds * 1000).toBeGreaterThan(config.shutdownTimeout)
  })

  test('runs as the user of the image, and selects its own pods', () => {
    expect(read('Dockerfile')).toContain(`USER ${pod.securityContext.runAsUser}:`)
    const { labels } = spec.template.metadata
    expect(spec.selector).toEqual({ matchLabels: labels })
    for (const name of ['spanmeter', 'spanmeter-headless'])
      expect(named('Service', name).spec.selector).toEqual(labels)
  })
})

test('the configuration of the image listens where the image says', () => {
  const { receivers, web } = parseConfig(read('container.yaml'), 'container.yaml', {
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://tempo:4318',
  })
  const endpoints = [receivers.grpc?.endpoint, receivers.http?.endpoint, web?.endpoint]
  expect(read('Dockerfile')).toContain(
    `EXPOSE ${endpoints.map((endpoint) => endpoint?.replace('0.0.0.0:', '')).join(' ')}\n`,
  )
})
