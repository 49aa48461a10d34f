// npm run bench -w packages/instrumentation [-- --runs 5 --rounds 10 --starts 9]
// Every contestant is a process of its own that lives through a run. After a warm-up they make slices of calls in turn,
// and each slice is compared with the un-instrumented one of the same round: what the machine does besides hits all
// alike. Several runs, as a process keeps the luck that it had with its heap.
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { cpus } from 'node:os'
import path from 'node:path'

const here = import.meta.dirname
const option = (name, fallback) => {
  const at = process.argv.indexOf(`--${name}`)
  return at === -1 ? fallback : Number(process.argv[at + 1])
}
const runs = option('runs', 5)
const rounds = option('rounds', 10)
const starts = option('starts', 9)

/** Calls a slice: some 0.1 s of work each. */
const SLICE = { plain: 60, stream: 15 }
/** By then the engine has compiled what it will: 1,500 plain calls and 375 streams. */
const WARM_UP_ROUNDS = 25

if (!existsSync(path.join(here, 'node_modules'))) {
  console.log('installing the rivals ...')
  execFileSync('npm', ['ci', '--workspaces=false', '--legacy-peer-deps', '--no-audit', '--no-fund'], {
    cwd: here,
    stdio: 'inherit',
  })
}

const { contestants } = createRequire(import.meta.url)('./contestants.cjs')
const names = Object.keys(contestants)
const register = path.join(here, '..', 'dist', 'register.cjs')

function runNode(args, env = {}) {
  const { NODE_OPTIONS: _, ...own } = process.env
  const result = spawnSync(process.execPath, args, {
    cwd: here,
    env: { ...own, OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9', ...env },
    encoding: 'utf8',
  })
  const last = result.stdout.trim().split('\n').at(-1)
  try {
    return JSON.parse(last)
  } catch {
    throw new Error(`${args.join(' ')} ${JSON.stringify(env)}: ${result.stderr.slice(0, 500)}`)
  }
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]
const measured = new Map()
function note(kind, name, value) {
  const key = `${kind}\0${name}`
  measured.set(key, [...(measured.get(key) ?? []), value])
}
function above(kind, name) {
  const own = measured.get(`${kind}\0${name}`)
  const base = measured.get(`${kind}\0un-instrumented`)
  return own === undefined ? undefined : median(own.map((value, round) => value - base[round]))
}

/** The provider on one core, those who are measured on another, where there is a way to say so. */
const canPin = cpus().length > 1 && spawnSync('taskset', ['--version']).status === 0
async function startProcess(cpu, args) {
  const [command, ...rest] = [...(canPin ? ['taskset', '-c', String(cpu)] : []), process.execPath, ...args]
  const started = spawn(command, rest, { cwd: here, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  started.once('exit', (code) => {
    if (code) throw new Error(`${args.join(' ')} ended with ${code}`)
  })
  return { started, message: await once(started) }
}
const once = (child) => new Promise((resolve) => child.once('message', resolve))
function ask(child, question) {
  const answer = once(child)
  child.send(question)
  return answer
}

const provider = await startProcess(1, ['provider.cjs'])
for (let run = 0; run < runs; run++) {
  const clients = new Map()
  for (const name of names)
    clients.set(name, (await startProcess(0, ['--expose-gc', 'calls.cjs', name, provider.message])).started)
  for (let round = -WARM_UP_ROUNDS; round < rounds; round++) {
    const first = (round + WARM_UP_ROUNDS) % names.length
    for (const [kind, count] of Object.entries(SLICE)) {
      for (const name of [...names.slice(first), ...names.slice(0, first)]) {
        const micros = await ask(clients.get(name), { kind, count })
        if (round >= 0) note(kind, name, micros)
      }
    }
  }
  for (const [name, client] of clients) {
    const { heap, spans } = await ask(client, { kind: 'finish' })
    note('heap', name, heap)
    note('spans', name, spans)
    client.kill()
  }
  process.stderr.write(`calls: run ${run + 1} of ${runs}\n`)
}
provider.started.kill()

const preloads = Object.fromEntries(
  names.map((name) => [name, { preload: path.join(here, 'preload.cjs'), env: { CONTESTANT: name } }]),
)
preloads['spanmeter register'] = { preload: register, env: {} }
for (let start = 0; start < starts; start++) {
  for (const app of ['app.cjs', 'app.mjs']) {
    for (const [name, { preload, env }] of Object.entries(preloads)) {
      const { millis, cpu, rss } = runNode(['--require', preload, app], env)
      note(`${app} ms`, name, millis)
      note(`${app} cpu`, name, (cpu.user + cpu.system) / 1e3)
      note(`${app} rss`, name, rss / 1e6)
    }
  }
  process.stderr.write(`start-up: ${start + 1} of ${starts}\n`)
}

const columns = [
  ['plain', 'plain call, µs CPU'],
  ['stream', '200-chunk stream, µs CPU'],
  ['app.cjs ms', 'start-up CommonJS, ms'],
  ['app.cjs cpu', 'its CPU, ms'],
  ['app.mjs ms', 'start-up ESM, ms'],
  ['app.mjs cpu', 'its CPU, ms'],
  ['app.cjs rss', 'RSS at start, MB'],
  ['heap', 'heap after the run, MB'],
]
console.log(
  `Node ${process.version}, ${cpus().length} x ${cpus()[0].model}, ${new Date().toISOString().slice(0, 10)}: medians of ${runs} runs of ${rounds} interleaved rounds and of ${starts} starts, above un-instrumented`,
)
console.log(`\n| | ${columns.map(([, title]) => title).join(' | ')} | spans a call |`)
console.log(`|---|${columns.map(() => '---:').join('|')}|---:|`)
for (const name of Object.keys(preloads)) {
  const cells = columns.map(([kind]) => above(kind, name)?.toFixed(1) ?? '')
  const spans = measured.get(`spans\0${name}`)
  console.log(`| ${name} | ${cells.join(' | ')} | ${spans === undefined ? '' : median(spans).toFixed(1)} |`)
}
