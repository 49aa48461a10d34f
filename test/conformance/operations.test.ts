import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { readdir, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { newBatch } from '../chaos/load.ts'
import { listenLocally } from '../support/listen-locally.ts'
import { PROCESSOR_COMMAND } from '../support/processor-process.ts'
import { temporaryDirectory } from '../support/temporary-directory.ts'
import { startHttpBackend } from './support/backend.ts'
import { http, PROTOBUF } from './support/client.ts'
import { openRaw } from './support/http2-frames.ts'
import { newIds, tracesProtobuf } from './support/payloads.ts'

let directory: string
beforeEach(() => {
  directory = temporaryDirectory()
})

interface LogLine {
  readonly level: string
  readonly msg: string
  readonly [key: string]: unknown
}

/** The real command, with its log as it comes. */
async function start(sections: object, ...flags: string[]) {
  const config = {
    receivers: { otlp: { protocols: { http: { endpoint: '127.0.0.1:0' } } } },
    sending_queue: { directory: join(directory, 'data/queue') },
    ledger: { path: join(directory, 'data/ledger.duckdb') },
    web: { endpoint: '127.0.0.1:0' },
    metrics: { export_interval: 0 },
    ...sections,
  }
  const path = join(directory, 'spanmeter.yaml')
  await writeFile(path, JSON.stringify(config))
  const [command, ...args] = [...PROCESSOR_COMMAND, '--config', path, ...flags] as [string, ...string[]]
  const child: ChildProcess = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'] })
  const exited = once(child, 'exit')
  const log: LogLine[] = []
  createInterface({ input: child.stderr as NodeJS.ReadableStream }).on('line', (line) => {
    log.push(line.startsWith('{') ? JSON.parse(line) : { level: 'plain', msg: line })
  })
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await exited
  })
  const logged = async (message: string): Promise<LogLine> => {
    await expect.poll(() => log.map(({ msg }) => msg), { timeout: 20_000 }).toContain(message)
    return log.find(({ msg }) => msg === message) as LogLine
  }
  return { child, exited, log, logged, path, config }
}

async function send(url: unknown, body: Buffer = tracesProtobuf(newIds(1))): Promise<number> {
  return (await http(String(url), { headers: PROTOBUF, body })).status
}

describe('a running processor', () => {
  test('keeps what it had when a reloaded file is wrong, and says so', async () => {
    const { child, logged, path, config } = await start({})
    const { http: url } = await logged('ready')
    await writeFile(path, JSON.stringify({ ...config, legder: {} }))
    child.kill('SIGHUP')
    const refused = await logged('not reloaded; the previous configuration stays in use')
    expect(JSON.stringify(refused)).toContain('did you mean')
    expect(refused.err).not.toHaveProperty('stack')
    expect(await send(url)).toBe(200)
    await writeFile(
      path,
      JSON.stringify({
        ...config,
        limits: { max_connections: 7 },
        attribution: { contract: { required: ['team'] } },
        shutdown_timeout: '1s',
      }),
    )
    child.kill('SIGHUP')
    expect(await logged('reloaded')).toMatchObject({
      level: 'warn',
      needsRestart: ['limits', 'shutdown_timeout', 'attribution.contract.required'],
    })
  })

  test('that is told to reload while it starts does so once it has', async () => {
    const { child, logged } = await start({})
    await expect.poll(() => existsSync(join(directory, 'data/ledger.duckdb')), { interval: 5 }).toBe(true)
    child.kill('SIGHUP')
    await logged('ready')
    await logged('reloaded')
  })

  test('leaves files that only its own user can read', async () => {
    const { child, exited, logged } = await start({})
    expect(await send((await logged('ready')).http, newBatch(1, 0).body)).toBe(200)
    child.kill('SIGTERM')
    await exited
    const entries = await readdir(join(directory, 'data'), { recursive: true, withFileTypes: true })
    const open = await Promise.all(
      entries.map(async (entry) => {
        const { mode } = await stat(join(entry.parentPath, entry.name))
        return (mode & 0o077) === 0 ? undefined : entry.name
      }),
    )
    expect(entries.length).toBeGreaterThan(3)
    expect(open.filter((name) => name !== undefined)).toEqual([])
  })

  test('with --dry-run prices and counts, and forwards and stores nothing', async () => {
    const backend = await startHttpBackend()
    onTestFinished(() => backend.close())
    const { child, exited, logged } = await start(
      { exporters: [{ name: 'backend', endpoint: backend.url }] },
      '--dry-run',
    )
    const { http: url, web } = await logged('ready')
    expect(await send(url, newBatch(2, 1).body)).toBe(200)
    const metrics = async () => (await fetch(`${web}/metrics`)).text()
    expect(await metrics()).toMatch(/otelcol_receiver_accepted_spans\{[^}]*transport="http"\} 3\n/)
    // Two calls of 1,000 tokens in at $0.15 a million.
    expect(await metrics()).toMatch(/^spanmeter_cost_USD_total\{.*cost_type="input".*\} 0\.0003$/m)
    child.kill('SIGTERM')
    expect((await exited)[0]).toBe(0)
    expect(backend.attempts).toEqual([])
    expect(await readdir(directory)).toEqual(['spanmeter.yaml'])
  })

  test('logs a failure that repeats once, with how many it held back, and no secret', async () => {
    const backend = await startHttpBackend(() => ({ status: 503 }))
    onTestFinished(() => backend.close())
    const exporter = {
      name: 'backend',
      endpoint: backend.url.replace('http://', 'http://ann:hush@'),
      headers: { 'x-api-key': 'hush' },
      retry_on_failure: { initial_interval: '1ms', max_interval: '1ms' },
    }
    const { log, logged } = await start({ exporters: [exporter] })
    expect(await send((await logged('ready')).http)).toBe(200)
    await expect.poll(() => backend.attempts.length).toBeGreaterThan(50)
    expect(log.filter(({ msg }) => msg.startsWith('will retry'))).toHaveLength(1)
    expect(JSON.stringify(log)).not.toContain('hush')
  })
})

test('clients that speak to the wrong port are told of in the log, with what to do', async () => {
  const endpoint = { endpoint: '127.0.0.1:0' }
  const receivers = { otlp: { protocols: { http: endpoint, grpc: endpoint } } }
  const { log, logged } = await start({ receivers })
  const { http: httpUrl, grpc: grpcUrl } = await logged('ready')
  const speak = async (url: unknown, words: string) => {
    const socket = await openRaw(String(url))
    socket.on('error', () => undefined)
    socket.end(Buffer.from(words, 'latin1'))
    await once(socket.resume(), 'close')
  }
  await speak(grpcUrl, 'POST /v1/traces HTTP/1.1\r\nhost: x\r\n\r\n')
  await speak(httpUrl, 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')
  await speak(httpUrl, '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03')
  await speak(grpcUrl, '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03')
  const told = () => log.filter(({ level }) => level === 'warn').map(({ msg }) => msg.split(';', 1)[0])
  await expect
    .poll(told)
    .toEqual([
      'no exporter is configured: traces are not forwarded',
      'a client speaks HTTP/1.1 to the gRPC receiver',
      'a client speaks HTTP/2 to the HTTP receiver',
      'a client speaks TLS to the HTTP receiver',
      'a client speaks TLS to the gRPC receiver',
    ])
})

test('a stopping processor waits for a request that has begun, until its deadline', async () => {
  const { child, exited, logged } = await start({ shutdown_timeout: '500ms' })
  const { http: url } = await logged('ready')
  const halfWay = await openRaw(String(url))
  halfWay.write(
    'POST /v1/traces HTTP/1.1\r\nhost: x\r\ncontent-type: application/x-protobuf\r\ncontent-length: 9\r\n\r\na',
  )
  const cut = once(halfWay.resume(), 'close')
  const soon = await openRaw(String(url))
  const body = tracesProtobuf(newIds(1))
  soon.write(
    `POST /v1/traces HTTP/1.1\r\nhost: x\r\ncontent-type: application/x-protobuf\r\ncontent-length: ${body.byteLength}\r\n\r\n`,
  )
  await expect.poll(() => send(url)).toBe(200)
  child.kill('SIGTERM')
  await logged('stopping')
  const answered = once(soon, 'data')
  soon.write(body)
  expect(String((await answered)[0])).toMatch(/^HTTP\/1\.1 200 /)
  await cut
  expect((await exited)[0]).toBe(0)
})

test.each(['1', '2'])(
  'a second signal cuts the delivery short, and no more: what is left is for the next start (%s workers)',
  async (workers) => {
    const backend = await startHttpBackend(() => 'hang')
    onTestFinished(() => backend.close())
    const exporters = [{ name: 'backend', endpoint: backend.url }]
    const { child, exited, logged } = await start(
      { exporters, shutdown_timeout: '60s' },
      '--workers',
      workers,
    )
    const { http: url } = await logged('ready')
    expect(await send(url)).toBe(200)
    await expect.poll(() => backend.attempts.length).toBe(1)
    child.kill('SIGTERM')
    await logged('stopping')
    child.kill('SIGINT')
    expect((await exited)[0]).toBe(0)
    await logged('stopped')
  },
)

describe('exit codes', () => {
  test('2 where the configuration is wrong, with the line', async () => {
    const { exited, log } = await start({ legder: {} })
    expect((await exited)[0]).toBe(2)
    expect(log[0]?.msg).toMatch(/spanmeter\.yaml:1:\d+: unknown key "legder"; did you mean "ledger"\?/)
  })

  test('1 where a port is taken, with what to do', async () => {
    const other = createServer()
    const port = await listenLocally(other)
    const { exited, log } = await start({ web: { endpoint: `127.0.0.1:${port}` } })
    expect((await exited)[0]).toBe(1)
    expect(log.at(-1)?.msg).toContain('the port is taken')
    other.close()
  })

  test('1 where another processor holds the queue directory, which goes on', async () => {
    const first = await start({})
    const { http: url } = await first.logged('ready')
    const second = await start({ ledger: false })
    expect((await second.exited)[0]).toBe(1)
    expect(second.log.at(-1)?.msg).toContain(`is in use by another spanmeter (process ${first.child.pid})`)
    expect(await send(url)).toBe(200)
  })
})
