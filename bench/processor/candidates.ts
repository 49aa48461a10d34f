import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { freePorts } from '../../test/support/free-ports.ts'

const root = join(import.meta.dirname, '../..')
const collector = process.env.OTELCOL ?? join(root, '.cache/bin/otelcol')

export type Protocol = 'http/protobuf' | 'http/json' | 'grpc'

export interface Setup {
  readonly protocol: Protocol
  readonly queue: boolean
  /** Spanmeter's; 1 where it isn't said. */
  readonly workers?: number
  readonly sinkPort: number
  /** Scratch directory of this run. */
  readonly directory: string
}

export interface Candidate {
  readonly name: string
  start(setup: Setup): Promise<Running>
}

/** A service under test, alone on its core. */
export interface Running {
  readonly port: number
  /** User and system time so far, in seconds. */
  cpuSeconds(): number
  /** Resident set, now and at its largest, in MB. */
  memory(): number
  peakMemory(): number
  stop(): Promise<void>
}

/**
 * Whether a service has used so many seconds of CPU time from now on. Not by the clock: on a busy machine a service gets little
 * of it, and a cold one is another service.
 */
export function hasUsed({ cpuSeconds }: Running, seconds: number): () => boolean {
  const end = cpuSeconds() + seconds
  return () => cpuSeconds() >= end
}

export const spanmeter: Candidate = createSpanmeter('spanmeter', false)
export const spanmeterWithLedger: Candidate = createSpanmeter('with ledger', true)

function createSpanmeter(name: string, ledger: boolean): Candidate {
  return { name, start }

  async function start({ protocol, queue, workers = 1, sinkPort, directory }: Setup): Promise<Running> {
    const [port = 0] = await freePorts(1)
    const receiver = protocol === 'grpc' ? 'grpc' : 'http'
    const config = join(directory, `spanmeter-${port}.yaml`)
    writeFileSync(
      config,
      JSON.stringify({
        receivers: { otlp: { protocols: { [receiver]: { endpoint: `127.0.0.1:${port}` } } } },
        exporters: [{ name: 'sink', endpoint: `http://127.0.0.1:${sinkPort}`, protocol }],
        sending_queue: { enabled: queue, directory: join(directory, `queue-${port}`) },
        metrics: { export_interval: '0s' },
        workers,
        ledger: ledger && { path: join(directory, `ledger-${port}.duckdb`) },
        web: false,
      }),
    )
    return run(
      port,
      [process.execPath, join(root, 'packages/processor/bin/spanmeter.js'), '--config', config],
      {},
    )
  }
}

/** The Go Collector: otlp receiver, transform processor that adds the same three attributes, otlp exporter, no batch. */
export function goCollector(gogc: number | undefined): Candidate {
  return {
    name: gogc === undefined ? 'collector' : `collector GOGC=${gogc}`,
    async start({ protocol, queue, sinkPort, directory }) {
      if (!existsSync(collector))
        throw new Error(
          `no Collector at ${collector}: run "npm run backends:install", or name one as OTELCOL`,
        )
      const [port = 0] = await freePorts(1)
      const isGrpc = protocol === 'grpc'
      const exporter = isGrpc ? 'otlp_grpc' : 'otlp_http'
      const common = {
        compression: 'none',
        retry_on_failure: { enabled: false },
        sending_queue: { enabled: queue },
      }
      const config = join(directory, `collector-${port}.yaml`)
      writeFileSync(
        config,
        JSON.stringify({
          receivers: {
            otlp: {
              protocols: {
                [isGrpc ? 'grpc' : 'http']: {
                  endpoint: `127.0.0.1:${port}`,
                  ...(isGrpc && { max_recv_msg_size_mib: 64 }),
                },
              },
            },
          },
          processors: {
            transform: {
              error_mode: 'ignore',
              trace_statements: [{ context: 'span', conditions, statements }],
            },
          },
          exporters: {
            [exporter]: isGrpc
              ? { endpoint: `127.0.0.1:${sinkPort}`, tls: { insecure: true }, ...common }
              : {
                  endpoint: `http://127.0.0.1:${sinkPort}`,
                  encoding: protocol === 'http/json' ? 'json' : 'proto',
                  ...common,
                },
          },
          service: {
            telemetry: { metrics: { level: 'none' }, logs: { level: 'error' } },
            pipelines: { traces: { receivers: ['otlp'], processors: ['transform'], exporters: [exporter] } },
          },
        }),
      )
      return run(port, [collector, '--config', config], {
        GOMAXPROCS: '1',
        ...(gogc === undefined ? {} : { GOGC: String(gogc) }),
      })
    },
  }
}

const conditions = ['span.attributes["gen_ai.request.model"] != nil']
const statements = [
  'set(span.attributes["spanmeter.cost.amount"], Double(span.attributes["gen_ai.usage.input_tokens"]) * 0.000002 + Double(span.attributes["gen_ai.usage.output_tokens"]) * 0.000008)',
  'set(span.attributes["business.feature"], span.attributes["app.feature"])',
  'set(span.attributes["business.tenant"], resource.attributes["service.name"]) where span.attributes["business.tenant"] == nil',
]

async function run(
  port: number,
  [command, ...args]: string[],
  environment: Record<string, string>,
): Promise<Running> {
  const child = spawn('taskset', ['-c', process.env.BENCH_CORE ?? '1', command!, ...args], {
    env: { ...process.env, ...environment, NODE_OPTIONS: '' },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let errors = ''
  child.stderr.on('data', (data) => {
    errors = (errors + data).slice(-4000)
  })
  await listening(port, child, () => errors)
  const megabytes = (field: string): number => {
    const status = readFileSync(`/proc/${child.pid}/status`, 'utf8')
    return Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)?.[1]) / 1024
  }
  return {
    port,
    cpuSeconds() {
      // After the name in parentheses: state is field 3, utime 14, stime 15, in hundredths of a second.
      const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8')
        .replace(/^.*\) /, '')
        .split(' ')
      return (Number(fields[11]) + Number(fields[12])) / 100
    },
    memory: () => megabytes('VmRSS'),
    peakMemory: () => megabytes('VmHWM'),
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve())
        child.kill('SIGKILL')
      }),
  }
}

async function listening(port: number, child: ChildProcess, errors: () => string): Promise<void> {
  for (const end = performance.now() + 30_000; performance.now() < end; ) {
    if (child.exitCode !== null) throw new Error(`the service has ended: ${errors()}`)
    const isOpen = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1')
      socket.once('connect', () => resolve(true))
      socket.once('error', () => resolve(false))
      socket.once('close', () => resolve(false))
      socket.once('connect', () => socket.destroy())
    })
    if (isOpen) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`the service doesn't listen: ${errors()}`)
}
