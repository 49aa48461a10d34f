import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseConfig, type Service, serve } from '@spanmeter/processor'
import { createLogger } from '../../../packages/processor/src/telemetry/logger.ts'
import { freePorts } from '../../support/free-ports.ts'

/** A server under test that forwards what it accepts. */
export interface Target {
  readonly name: 'spanmeter' | 'collector'
  readonly http: string
  readonly grpc: string
  /** Of the processor only: its own metrics. */
  readonly web: string | undefined
  close(): Promise<void>
}

export interface TargetOptions {
  /** Where it forwards to; nowhere if left out. */
  readonly backend?: { readonly url: string; readonly protocol: 'http/protobuf' | 'http/json' | 'grpc' }
  readonly maxRequestBodySize?: number
  /** More of the exporter's settings, in the words of the configuration file. */
  readonly exporter?: Record<string, unknown>
  /** More sections of the configuration file. */
  readonly sections?: Record<string, unknown>
}

/** Fast retries, so that a test of ten attempts takes a moment. */
const RETRY = { initial_interval: '10ms', max_interval: '40ms' }

export async function startSpanmeter(
  options: TargetOptions = {},
): Promise<Target & { readonly service: Service }> {
  const directory = await mkdtemp(join(tmpdir(), 'spanmeter-conformance-'))
  const protocol = { endpoint: '127.0.0.1:0', max_request_body_size: options.maxRequestBodySize ?? '64MiB' }
  const config = {
    receivers: { otlp: { protocols: { http: protocol, grpc: protocol } } },
    exporters:
      options.backend === undefined
        ? []
        : [
            {
              name: 'backend',
              endpoint: options.backend.url,
              protocol: options.backend.protocol,
              retry_on_failure: RETRY,
              ...options.exporter,
            },
          ],
    sending_queue: { directory: join(directory, 'queue') },
    metrics: { export_interval: 0 },
    ledger: false,
    web: { endpoint: '127.0.0.1:0' },
    shutdown_timeout: '2s',
    ...options.sections,
  }
  const service = await serve(parseConfig(JSON.stringify(config), 'test', {}), createLogger('silent'))
  return {
    name: 'spanmeter',
    http: service.addresses.http ?? '',
    grpc: service.addresses.grpc ?? '',
    web: service.addresses.web,
    service,
    async close() {
      await service.close()
      await rm(directory, { recursive: true, force: true })
    },
  }
}

export const COLLECTOR = join(import.meta.dirname, '../../../.cache/bin/otelcol')
export const hasCollector: boolean = existsSync(COLLECTOR)

/** The Go Collector with the same job; queue and retries of its exporters as the options say. */
export async function startCollector(options: TargetOptions = {}): Promise<Target> {
  const directory = await mkdtemp(join(tmpdir(), 'otelcol-conformance-'))
  const [httpPort, grpcPort] = await freePorts(2)
  const isGrpc = options.backend?.protocol === 'grpc'
  const exporterName = options.backend === undefined ? 'nop' : isGrpc ? 'otlp_grpc' : 'otlp_http'
  const exporter =
    options.backend === undefined
      ? {}
      : {
          endpoint: isGrpc ? options.backend.url.replace('http://', '') : options.backend.url,
          tls: { insecure: true },
          retry_on_failure: { ...RETRY, max_elapsed_time: 0 },
          compression: 'none',
          ...options.exporter,
        }
  const config = {
    receivers: {
      otlp: {
        protocols: {
          http: { endpoint: `127.0.0.1:${httpPort}` },
          grpc: { endpoint: `127.0.0.1:${grpcPort}` },
        },
      },
    },
    exporters: { [exporterName]: exporter },
    service: {
      telemetry: { metrics: { level: 'none' }, logs: { level: 'error' } },
      pipelines: Object.fromEntries(
        ['traces', 'metrics', 'logs'].map((signal) => [
          signal,
          { receivers: ['otlp'], exporters: [exporterName] },
        ]),
      ),
    },
  }
  const file = join(directory, 'otelcol.yaml')
  await writeFile(file, JSON.stringify(config))
  const child = spawn(COLLECTOR, ['--config', file], { stdio: 'ignore' })
  const exited = new Promise((resolve) => child.once('exit', resolve))
  await listening(httpPort as number)
  return {
    name: 'collector',
    http: `http://127.0.0.1:${httpPort}`,
    grpc: `http://127.0.0.1:${grpcPort}`,
    web: undefined,
    async close() {
      child.kill('SIGTERM')
      await exited
      await rm(directory, { recursive: true, force: true })
    },
  }
}

async function listening(port: number): Promise<void> {
  const deadline = Date.now() + 20_000
  while (Date.now() < deadline) {
    const answered = await fetch(`http://127.0.0.1:${port}/`).then(
      () => true,
      () => false,
    )
    if (answered) return
  }
  throw new Error('the Collector did not start')
}
