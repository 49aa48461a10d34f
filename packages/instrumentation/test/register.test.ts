import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { rolldown } from 'rolldown'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { freePorts } from '../../../test/support/free-ports.ts'
import { installOlderApi } from './support/older-api.ts'
import { type StandIn, startStandIn } from './support/stand-in.ts'
import { startTraceSink, type TraceSink } from './support/trace-sink.ts'

const apps = path.join(import.meta.dirname, 'apps')
const cache = path.join(import.meta.dirname, '..', '.cache', 'nodes')
const built = path.join(import.meta.dirname, '..', 'dist', 'register.cjs')
const source = path.join(import.meta.dirname, '..', 'src', 'register.cts')

interface Ended {
  readonly stdout: string
  readonly stderr: string
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly millis: number
}

let standIn: StandIn
let sink: TraceSink

beforeAll(async () => {
  standIn = await startStandIn()
  sink = await startTraceSink()
})
afterEach(() => sink.forget())
afterAll(async () => {
  sink.close()
  await standIn.close()
})

/** This Node runs the sources; others need a build. */
const here = { node: process.execPath, flags: ['--conditions=@spanmeter/source'], register: source }

function run(
  args: readonly string[],
  {
    node = here,
    env = {},
    cwd = apps,
    onOutput,
  }: {
    node?: typeof here
    env?: NodeJS.ProcessEnv
    cwd?: string
    onOutput?: (child: ChildProcess, text: string) => void | Promise<void>
  } = {},
): Promise<Ended> {
  const { NODE_OPTIONS: _, VITEST: __, ...own } = process.env
  const started = performance.now()
  const child = spawn(
    node.node,
    [...node.flags, ...args.map((arg) => (arg === 'REGISTER' ? node.register : arg))],
    {
      cwd,
      env: {
        ...own,
        LLM_URL: `${standIn.url}/v1`,
        OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
        OTEL_EXPORTER_OTLP_ENDPOINT: sink.url,
        OTEL_METRICS_EXPORTER: 'none',
        ...env,
      },
    },
  )
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (text: Buffer) => {
    stdout += text.toString()
    void onOutput?.(child, stdout)
  })
  child.stderr.on('data', (text: Buffer) => {
    stderr += text.toString()
  })
  return new Promise((resolve) => {
    child.on('close', (code, signal) =>
      resolve({ stdout, stderr, code, signal, millis: performance.now() - started }),
    )
  })
}

function terminate(child: ChildProcess, text: string): void {
  if (text.includes('serving')) child.kill('SIGTERM')
}

const delivered = (): unknown[] =>
  sink.spans.map(({ name, attributes }) => [name, Number(attributes['gen_ai.usage.input_tokens'])])
const oneSpan = [['chat gpt-4.1', 1000]]

const published = { node: process.execPath, flags: [], register: built }

const nodes = [
  { name: `Node ${process.versions.node}`, ...here },
  { name: `Node ${process.versions.node}, as published`, ...published },
  ...['22.15.0', '26.10.0'].map((version) => ({
    name: `Node ${version}`,
    node: path.join(cache, version, 'package', 'bin', 'node'),
    flags: [],
    register: built,
  })),
]

test.skipIf(!existsSync(built))('an app starts without what is only wanted later', async () => {
  const modules = ['crypto', 'http', 'http2', 'https', 'worker_threads', 'zlib']
  const script = `process.stdout.write(process.moduleLoadList.join())`
  const { stdout } = await run(['--require', 'REGISTER', '--eval', script], { node: published })
  const loaded = stdout.split(',')
  expect(loaded).toContain('NativeModule diagnostics_channel')
  expect(modules.filter((name) => loaded.includes(`NativeModule ${name}`))).toEqual([])
})

describe.each(nodes)('register on $name', (node) => {
  // Other nodes come from `node packages/instrumentation/scripts/fetch-nodes.mjs`; what is published, from `npm run build`.
  test.skipIf(!existsSync(node.node) || !existsSync(node.register)).each([
    ['--require', 'app.cjs'],
    ['--require', 'app.mjs'],
    ['--import', 'app.mjs'],
    ['--import', 'app.cjs'],
  ])('%s %s: gives the span, and prints nothing', async (flag, app) => {
    const ended = await run([flag, 'REGISTER', app, 'exit'], { node })
    expect(ended).toMatchObject({ stdout: '1200\n', stderr: '', code: 0 })
    expect(delivered()).toEqual(oneSpan)
  })
})

describe.each(['18.20.8', '20.18.0'])('an older Node, %s', (version) => {
  const node = { node: path.join(cache, version, 'package', 'bin', 'node'), flags: [], register: built }

  test.skipIf(!existsSync(node.node) || !existsSync(built))('one clear line, and the app runs', async () => {
    const ended = await run(['--require', 'REGISTER', '--eval', 'console.log("runs")'], { node })
    expect(ended.stdout).toBe('runs\n')
    expect(ended.stderr).toBe(
      `@spanmeter/instrumentation needs Node.js 22.15 or later; this is v${version}: LLM calls are not metered.\n`,
    )
    expect(ended.code).toBe(0)
  })
})

/** An app that ends waits two seconds for an answer, in which a starved machine may not get to it. */
const timeLimited = { retry: 2 }

describe('however the app ends, its finished spans arrive', timeLimited, () => {
  test('by process.exit right after its last call', async () => {
    expect(await run(['--require', 'REGISTER', 'app.cjs', 'exit'])).toMatchObject({ code: 0, stderr: '' })
    expect(delivered()).toEqual(oneSpan)
  })

  test('by itself', async () => {
    expect(await run(['--require', 'REGISTER', 'app.cjs'])).toMatchObject({ code: 0, stderr: '' })
    expect(delivered()).toEqual(oneSpan)
  })

  test('by an exception, with its own exit code and message', async () => {
    const ended = await run(['--require', 'REGISTER', 'app.cjs', 'throw'])
    expect(ended.code).toBe(1)
    expect(ended.stderr).toContain('the app failed')
    expect(delivered()).toEqual(oneSpan)
  })

  // By the second nodemon restarts an app.
  test.each(['SIGTERM', 'SIGUSR2'] as const)(
    'by %s with a server open, which ends it as it would without us',
    async (signal) => {
      const onOutput = (child: ChildProcess, text: string): void => {
        if (text.includes('serving')) child.kill(signal)
      }
      const ended = await run(['--require', 'REGISTER', 'app.cjs', 'serve'], { onOutput })
      expect(ended).toMatchObject({ code: null, signal })
      expect(delivered()).toEqual(oneSpan)
    },
  )

  test.skipIf(!existsSync(built)).each([
    ['by process.exit', 'exit', here],
    ['by itself', '', here],
    ['by an exception', 'throw', here],
    ['by itself, as published', '', published],
  ])('%s: its last measurements too', async (_, how, node) => {
    const env = { OTEL_METRICS_EXPORTER: 'otlp' }
    const ended = await run(['--require', 'REGISTER', 'app.cjs', how], { env, node })
    expect(ended.stdout).toBe('1200\n')
    expect(delivered()).toEqual(oneSpan)
    expect(Object.fromEntries(sink.metrics)).toMatchObject({
      'gen_ai.client.operation.duration': 1,
      'gen_ai.client.token.usage': 2,
    })
  })

  test('or is frozen once it has answered, as AWS Lambda does it: they are sent at once', async () => {
    const ended = await run(['--require', 'REGISTER', 'app.cjs', 'serve'], {
      env: { AWS_LAMBDA_FUNCTION_NAME: 'answer' },
      onOutput: async (child, text) => {
        if (!text.includes('serving')) return
        // Less than the five seconds after which they are sent otherwise.
        await vi.waitUntil(() => sink.spans.length > 0, { timeout: 4_000 }).catch(() => {})
        child.kill('SIGKILL')
      },
    })
    expect(ended.signal).toBe('SIGKILL')
    expect(delivered()).toEqual(oneSpan)
  })

  test('or is frozen once calls have ended that were made at once, of which none is refused as too much', async () => {
    const body = JSON.stringify({ model: 'gpt-4.1', messages: [] })
    const script = `
      const call = () => fetch(process.env.LLM_URL + '/chat/completions', { method: 'POST', body: '${body}' })
      Promise.all(Array.from({ length: 60 }, async () => (await call()).text())).then(() => console.log('answered'))
      setInterval(() => {}, 1_000)`
    const ended = await run(['--require', 'REGISTER', '--eval', script], {
      env: { AWS_LAMBDA_FUNCTION_NAME: 'answer' },
      onOutput: async (child) => {
        await vi.waitUntil(() => sink.spans.length === 60, { timeout: 4_000 }).catch(() => {})
        child.kill('SIGKILL')
      },
    })
    expect(ended.stderr).toBe('')
    expect(delivered()).toEqual(Array.from({ length: 60 }, () => oneSpan[0]))
  })

  test('and a thread takes long to start, as in a container that is throttled', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'spanmeter-throttled-'))
    const [slow, throttle] = ['slow.cjs', 'throttle.cjs'].map((name) => path.join(folder, name)) as [
      string,
      string,
    ]
    writeFileSync(slow, 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2_500)')
    writeFileSync(
      throttle,
      `const threads = require('node:worker_threads')
      threads.Worker = class extends threads.Worker {
        constructor(file, options) {
          super(file, { ...options, execArgv: ['--require', ${JSON.stringify(slow)}] })
        }
      }`,
    )
    const ended = await run(['--require', throttle, '--require', 'REGISTER', 'app.cjs', 'exit'])
    rmSync(folder, { recursive: true })
    expect(ended).toMatchObject({ stdout: '1200\n', stderr: '', code: 0 })
    expect(delivered()).toEqual(oneSpan)
  })

  test.each(['exit', ''])('or a thread is terminated once its result is there (%s)', async (how) => {
    const ended = await run(['--require', 'REGISTER', 'terminated-thread.cjs', how])
    expect(ended).toMatchObject({ stdout: '1200\n', stderr: '', code: 0 })
    expect(delivered()).toEqual(oneSpan)
  })

  test('or its main thread doesn’t get round to those of another: once', async () => {
    const script = `
      const { Worker } = require('node:worker_threads')
      const worker = new Worker('./terminated-thread.cjs', { workerData: 'stay' })
      worker.once('online', () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 3_000))
      worker.once('message', (tokens) => setTimeout(() => { console.log(tokens); process.exit() }, 500))`
    const env = { OTEL_BSP_SCHEDULE_DELAY: '1' }
    const ended = await run(['--require', 'REGISTER', '--eval', script], { env })
    expect(ended).toMatchObject({ stdout: '1200\n', stderr: '', code: 0 })
    expect(delivered()).toEqual(oneSpan)
  })

  // As synckit does.
  test('or its main thread only waits for another, from its start to its end', async () => {
    const thread = `
      const { workerData } = require('node:worker_threads')
      const url = process.env.LLM_URL + '/chat/completions'
      void fetch(url, { method: 'POST', body: '{"model":"gpt-4.1"}' }).then(async (response) => {
        Atomics.store(workerData, 0, (await response.json()).usage.total_tokens)
        Atomics.notify(workerData, 0)
      })`
    const script = `
      const { Worker } = require('node:worker_threads')
      const tokens = new Int32Array(new SharedArrayBuffer(4))
      new Worker(${JSON.stringify(thread)}, { eval: true, workerData: tokens }).unref()
      Atomics.wait(tokens, 0, 0, 10_000)
      console.log(tokens[0])`
    const ended = await run(['--require', 'REGISTER', '--eval', script])
    expect(ended).toMatchObject({ stdout: '1200\n', stderr: '', code: 0 })
    expect(delivered()).toEqual(oneSpan)
  })

  test('or a thread is terminated in an app that goes on', async () => {
    const ended = await run(['--require', 'REGISTER', 'terminated-thread.cjs', 'serve'], {
      // Long enough for the main thread to take the span before the thread would export it.
      env: { OTEL_BSP_SCHEDULE_DELAY: '500' },
      onOutput: async (child) => {
        await vi.waitUntil(() => sink.spans.length > 0, { timeout: 10_000 }).catch(() => {})
        child.kill('SIGKILL')
      },
    })
    expect(ended).toMatchObject({ stdout: '1200\n', signal: 'SIGKILL' })
    expect(delivered()).toEqual(oneSpan)
  })

  test('by SIGTERM that it handles itself, whose decision stands', async () => {
    const ended = await run(['--require', 'REGISTER', 'app.cjs', 'own-handler'], { onOutput: terminate })
    expect(ended).toMatchObject({ code: 7, signal: null })
    expect(delivered()).toEqual(oneSpan)
  })
})

describe('an app ends as it would without us', timeLimited, () => {
  test('by a call of fetch that fails, and that it doesn’t handle', async () => {
    const script = `fetch('http://127.0.0.1:1/v1/chat/completions', { method: 'POST', body: '{"model":"m"}' })`
    const alone = await run(['--eval', script])
    const metered = await run(['--require', 'REGISTER', '--eval', script])
    expect([alone, metered].map(({ code, stderr }) => [code, /^TypeError: .*$/m.exec(stderr)?.[0]])).toEqual([
      [1, 'TypeError: fetch failed'],
      [1, 'TypeError: fetch failed'],
    ])
  })

  test('by a signal that an earlier preload listens for, and hears of once', async () => {
    const earlier = path.join(mkdtempSync(path.join(tmpdir(), 'spanmeter-preload-')), 'earlier.cjs')
    const listener = `() => { process.stdout.write('heard\\n'); setTimeout(() => process.exit(7), 100) }`
    writeFileSync(earlier, `process.on('SIGTERM', ${listener})`)
    const ended = await run(['--require', earlier, '--require', 'REGISTER', 'app.cjs', 'serve'], {
      onOutput: (child, text) => {
        if (text.endsWith('serving\n')) child.kill('SIGTERM')
      },
    })
    rmSync(path.dirname(earlier), { recursive: true })
    expect(ended).toMatchObject({ stdout: '1200\nserving\nheard\n', code: 7 })
    expect(delivered()).toEqual(oneSpan)
  })

  // The way of signal-exit, which most command line tools have somewhere beneath them.
  test.each(['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGUSR2'])(
    'by %s, where a library ends it if nobody else listens',
    async (signal) => {
      const script = `
      const listener = () => {
        if (process.listeners('${signal}').length !== 1) return
        process.removeListener('${signal}', listener)
        process.kill(process.pid, '${signal}')
      }
      process.on('${signal}', listener)
      process.argv[2] = 'serve'
      require('./app.cjs')`
      const onOutput = (child: ChildProcess, text: string): void => {
        if (text.includes('serving')) child.kill(signal as NodeJS.Signals)
      }
      const ended = await run(['--require', 'REGISTER', '--eval', script], { onOutput })
      expect(ended).toMatchObject({ code: null, signal, stderr: '' })
      expect(delivered()).toEqual(oneSpan)
    },
  )

  test.skipIf(!existsSync(built))('by itself, started from a snapshot', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'spanmeter-snapshot-'))
    const script = path.join(folder, 'app.cjs')
    const blob = path.join(folder, 'app.blob')
    const main = `() => fetch(process.env.LLM_URL + '/chat/completions', { method: 'POST', body: '{"model":"m"}' })
      .then((response) => response.json()).then(({ usage }) => console.log(usage.total_tokens))`
    writeFileSync(script, `require('node:v8').startupSnapshot.setDeserializeMainFunction(${main})`)
    spawnSync(process.execPath, ['--snapshot-blob', blob, '--build-snapshot', script])
    const ended = await run(['--require', 'REGISTER', '--snapshot-blob', blob], { node: published })
    rmSync(folder, { recursive: true })
    expect(ended).toMatchObject({ stdout: '1200\n', code: 0, signal: null })
    expect(ended.stderr).toContain('(a process from a snapshot can start no thread)')
  })

  test('by itself, where it may not start threads: with a line that says so', async () => {
    const permissions = ['--permission', '--allow-fs-read=*']
    const ended = await run([...permissions, '--require', 'REGISTER', 'app.cjs', 'exit'])
    expect(ended).toMatchObject({ stdout: '1200\n', code: 0 })
    expect(ended.stderr.trim().split('\n')).toHaveLength(1)
    expect(ended.stderr).toContain('--allow-worker')
  })
})

describe('a processor that is not there, or hangs', () => {
  // One call, or, in the second, another once the first is known to be lost.
  const script = `
    const call = () => fetch(process.env.LLM_URL + '/chat/completions', { method: 'POST', body: '{"model":"gpt-4.1"}' })
    const write = process.stderr.write
    process.stderr.write = (text) => {
      write.call(process.stderr, text)
      call().then((response) => response.text()).then(() => process.exit())
    }
    call()`
  test.each([
    ['one that ends at once', ['app.cjs', 'exit'], {}, '(connect ECONNREFUSED 127.0.0.1'],
    [
      'one that goes on',
      ['--eval', script],
      { OTEL_BSP_SCHEDULE_DELAY: '1', OTEL_EXPORTER_OTLP_TIMEOUT: '1' },
      '(',
    ],
  ])('nobody there: the app, %s, ends as ever, with one warning', async (_, app, batching, reason) => {
    const [port] = await freePorts(1)
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`, ...batching }
    const ended = await run(['--require', 'REGISTER', ...app], { env })
    expect(ended.code).toBe(0)
    expect(ended.stderr.trim().split('\n')).toHaveLength(1)
    expect(ended.stderr).toContain(`could not be delivered to http://127.0.0.1:${port} ${reason}`)
  })

  test.each([
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'localhost:4318', 'localhost:4318 (Protocol "localhost:" not supported'],
    ['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'SINK/nowhere', '/nowhere (HTTP status 404)'],
  ])('%s=%s, which is no address: an app that ends at once is told why', async (name, endpoint, line) => {
    const env = { [name]: endpoint.replace('SINK', sink.url) }
    const ended = await run(['--require', 'REGISTER', 'app.cjs', 'exit'], { env })
    expect(ended.stderr.trim().split('\n')).toHaveLength(1)
    expect(ended.stderr).toContain(line)
  })

  test('one that never answers holds the exit up for two seconds at most', async () => {
    const silent = await startTraceSink(false)
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: silent.url }
    const ended = await run(['--require', 'REGISTER', 'app.cjs'], { env })
    silent.close()
    expect(ended).toMatchObject({ stdout: '1200\n', code: 0 })
    expect(ended.stderr.trim().split('\n')).toHaveLength(1)
    expect(ended.millis).toBeLessThan(8_000)
  })
})

test.skipIf(!existsSync(built))(
  'an app that ends by itself does not wait for an export under way',
  async () => {
    const silent = await startTraceSink(false)
    const env = {
      OTEL_EXPORTER_OTLP_ENDPOINT: silent.url,
      OTEL_BSP_SCHEDULE_DELAY: '1',
      OTEL_METRICS_EXPORTER: 'otlp',
      OTEL_METRIC_EXPORT_INTERVAL: '30000',
    }
    const endOnceExporting = async (child: ChildProcess): Promise<void> => {
      while (silent.spans.length === 0) await new Promise((resolve) => setImmediate(resolve))
      child.stdin?.end()
    }
    const onOutput = (child: ChildProcess): void => void endOnceExporting(child)
    const ended = await run(['--require', 'REGISTER', 'app.cjs', 'stdin'], { env, node: published, onOutput })
    silent.close()
    expect(ended).toMatchObject({ stdout: '1200\n', code: 0 })
    // Two seconds are for the last try; an export may take ten.
    expect(ended.millis).toBeLessThan(8_000)
  },
)

describe('the standard variables', () => {
  test('that aren’t understood: a line says so of each, however many threads there are, and all else goes on', async () => {
    const env = {
      OTEL_LOG_LEVEL: 'chatty',
      OTEL_EXPORTER_OTLP_HEADERS: 'authorization: Bearer t,x-team=ops',
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http',
      OTEL_TRACES_EXPORTER: 'otlp,zipkin',
      OTEL_METRICS_EXPORTER: 'otlp',
      OTEL_TRACES_SAMPLER: 'traceidratio',
      OTEL_TRACES_SAMPLER_ARG: 'half',
      OTEL_BSP_MAX_QUEUE_SIZE: 'many',
      OTEL_NODE_RESOURCE_DETECTORS: 'host,cloud',
      SPANMETER_STREAM_USAGE: 'yes',
    }
    const script = `
      const { Worker } = require('node:worker_threads')
      process.argv[2] = 'exit'
      new Worker('', { eval: true }).on('exit', () => require('./app.cjs'))`
    const ended = await run(['--require', 'REGISTER', '--eval', script], { env })
    expect(ended).toMatchObject({ stdout: '1200\n', code: 0 })
    expect(ended.stderr.trim().split('\n').toSorted()).toEqual(
      [
        'OTEL_BSP_MAX_QUEUE_SIZE=many is not a number above 0: ignored',
        'OTEL_EXPORTER_OTLP_HEADERS has an entry that is not a name=value pair: ignored',
        'OTEL_EXPORTER_OTLP_PROTOCOL=http is not one of grpc, http/protobuf, http/json: ignored',
        'OTEL_LOG_LEVEL=chatty is not one of NONE, ERROR, WARN, INFO, DEBUG, VERBOSE, ALL: ignored',
        'OTEL_NODE_RESOURCE_DETECTORS=cloud is not one of all, none, serviceinstance, process, host, os, env: ignored',
        'OTEL_TRACES_EXPORTER=zipkin is not one of otlp, console, none: ignored',
        'OTEL_TRACES_SAMPLER_ARG is not a number from 0 to 1: using 1',
        'SPANMETER_STREAM_USAGE=yes is not one of observe, inject: ignored',
      ].map((line) => `@spanmeter/instrumentation: ${line}`),
    )
    expect(sink.headers[0]).toMatchObject({ 'content-type': 'application/x-protobuf', 'x-team': 'ops' })
  })

  test('what isn’t understood is left to the app’s own log, where it has one', async () => {
    const script = `
      const { diag, DiagLogLevel } = require('@opentelemetry/api')
      const warn = (message) => process.stdout.write('own log: ' + message + '\\n')
      diag.setLogger({ warn, error: warn, info() {}, debug() {}, verbose() {} }, DiagLogLevel.WARN)
      require(process.env.REGISTER_FILE)
      diag.warn('of the app')`
    const env = { OTEL_EXPORTER_OTLP_PROTOCOL: 'http', REGISTER_FILE: source }
    const ended = await run(['--eval', script], { env })
    expect(ended.stderr).toBe('')
    expect([...new Set(ended.stdout.trim().split('\n'))]).toEqual([
      expect.stringContaining('own log: OTEL_EXPORTER_OTLP_PROTOCOL=http is not one of'),
      'own log: of the app',
    ])
  })

  test('that nothing can be made of: one clear line, and the app runs', async () => {
    const env = { OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc', OTEL_EXPORTER_OTLP_ENDPOINT: 'no address' }
    const ended = await run(['--require', 'REGISTER', 'app.cjs'], { env })
    expect(ended).toMatchObject({ stdout: '1200\n', code: 0 })
    expect(ended.stderr).toBe(
      '@spanmeter/instrumentation could not start (TypeError: Invalid URL): spans are not delivered. The app is not affected.\n',
    )
  })

  test('OTEL_SDK_DISABLED: the app runs alone', async () => {
    const ended = await run(['--require', 'REGISTER', 'app.cjs'], { env: { OTEL_SDK_DISABLED: 'true' } })
    expect(ended).toMatchObject({ stdout: '1200\n', stderr: '', code: 0 })
    expect(delivered()).toEqual([])
  })

  test('OTEL_SERVICE_NAME, OTEL_RESOURCE_ATTRIBUTES and OTEL_EXPORTER_OTLP_HEADERS', async () => {
    await run(['--require', 'REGISTER', 'app.cjs'], {
      env: {
        OTEL_SERVICE_NAME: 'shop',
        OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=test,service.name=other',
        OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer t',
      },
    })
    expect(sink.spans[0]?.resource).toMatchObject({
      'service.name': 'shop',
      'deployment.environment.name': 'test',
    })
    expect(sink.headers[0]?.authorization).toBe('Bearer t')
  })

  test('as PM2 has them for an app of its cluster, before it sets them', async () => {
    const variables = { OTEL_SERVICE_NAME: 'shop', SPANMETER_BAGGAGE_KEYS: ['feature'], PORT: 80, env: {} }
    const script = `process.stdout.write(String(process.env.PORT)); require('./app.cjs')`
    const ended = await run(['--require', 'REGISTER', '--eval', script], {
      env: { pm2_env: JSON.stringify(variables) },
    })
    expect(ended).toMatchObject({ stdout: 'undefined1200\n', stderr: '', code: 0 })
    expect(sink.spans[0]?.resource).toMatchObject({ 'service.name': 'shop' })
  })

  test('OTEL_TRACES_SAMPLER=always_off: no span', async () => {
    await run(['--require', 'REGISTER', 'app.cjs'], { env: { OTEL_TRACES_SAMPLER: 'always_off' } })
    expect(delivered()).toEqual([])
  })

  test('OTEL_TRACES_EXPORTER=console: printed, not sent', async () => {
    const ended = await run(['--require', 'REGISTER', 'app.cjs'], {
      env: { OTEL_TRACES_EXPORTER: 'console' },
    })
    expect(ended.stdout).toContain("name: 'chat gpt-4.1'")
    expect(delivered()).toEqual([])
  })
})

describe('content in events', () => {
  test('arrives without a set-up of logs by the app', async () => {
    const ended = await run(['--require', 'REGISTER', 'app.cjs', 'exit'], {
      env: { OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT: 'EVENT_ONLY' },
    })
    expect(ended).toMatchObject({ stdout: '1200\n', stderr: '', code: 0 })
    expect(delivered()).toEqual(oneSpan)
    expect(sink.events).toEqual(['gen_ai.client.inference.operation.details'])
  })

  test('that nobody asks for starts no logs', async () => {
    await run(['--require', 'REGISTER', 'app.cjs', 'exit'])
    expect(sink.events).toEqual([])
  })
})

describe('an app that sets up OpenTelemetry itself', () => {
  const ownSpans = [
    'own SDK: of the app undefined',
    'own SDK: of an instrumentation undefined',
    'own SDK: of an instrumentation, active undefined',
    'own SDK: chat gpt-4.1 1000',
    '1200',
    '',
  ].join('\n')

  test('after register: its SDK gets the spans, ours steps back', async () => {
    const ended = await run(['--require', 'REGISTER', 'own-sdk.cjs'])
    expect(ended).toMatchObject({ stdout: ownSpans, stderr: '', code: 0 })
    expect(delivered()).toEqual([])
  })

  test('before register, in an earlier preload', async () => {
    const ended = await run(['--require', './own-sdk.cjs', '--require', 'REGISTER', '--eval', '0'])
    expect(ended.stdout).toBe(ownSpans)
    expect(delivered()).toEqual([])
  })

  test('and ends with a call that failed, which might be tried again, has its span', async () => {
    const script = `
      require('./own-sdk.cjs')
      const body = JSON.stringify({ model: 'fails-500', messages: [] })
      fetch(process.env.LLM_URL + '/chat/completions', { method: 'POST', body }).then((response) => response.text())`
    const ended = await run(['--require', 'REGISTER', '--eval', script])
    expect(ended.stdout.split('\n')).toContain('own SDK: chat fails-500 undefined')
  })

  describe.skipIf(!existsSync(built))('with another version of OpenTelemetry’s API than ours', () => {
    let folder: string
    beforeAll(async () => {
      folder = mkdtempSync(path.join(tmpdir(), 'spanmeter-older-api-'))
      for (const file of ['own-sdk.cjs', 'app.cjs']) cpSync(path.join(apps, file), path.join(folder, file))
      installOlderApi(folder)
      const modules = [path.join(folder, 'node_modules'), path.join(apps, '../../../../node_modules')]
      const input = path.join(folder, 'own-sdk.cjs')
      const bundle = await rolldown({ input, platform: 'node', logLevel: 'silent', resolve: { modules } })
      await bundle.write({ file: path.join(folder, 'bundled.cjs'), format: 'cjs', minify: true })
    })
    afterAll(() => rmSync(folder, { recursive: true }))

    test.each([
      ['after register, from its packages', ['--require', 'REGISTER', 'own-sdk.cjs']],
      ['after register, in one file with it', ['--require', 'REGISTER', 'bundled.cjs']],
      ['before register', ['--require', './own-sdk.cjs', '--require', 'REGISTER', '--eval', '0']],
    ])('%s', async (_, args) => {
      const env = { NODE_PATH: path.join(apps, '../../../../node_modules') }
      const ended = await run(args, { node: published, env, cwd: folder })
      expect(ended).toMatchObject({ stdout: ownSpans, stderr: '', code: 0 })
      expect(delivered()).toEqual([])
    })
  })

  test('but only for metrics: ours come with its own, and our spans are delivered', async () => {
    const env = { OTEL_METRICS_EXPORTER: 'otlp' }
    const ended = await run(['--require', 'REGISTER', 'own-metrics.cjs'], { env })
    const names = ['gen_ai.client.operation.duration', 'gen_ai.client.token.usage']
    expect(ended).toMatchObject({
      stdout: `context is carried\n1200\nown metrics: ${names.join()}\n`,
      code: 0,
    })
    expect(delivered()).toEqual(oneSpan)
    expect([...sink.metrics]).toEqual([])
  })
})
