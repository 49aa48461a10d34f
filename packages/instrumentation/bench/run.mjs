// npm run bench -w packages/instrumentation [-- --rounds 7 --calls 400]
// Every contestant in a process of its own, interleaved, above the un-instrumented baseline of the same round.
import { execFileSync, fork, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { cpus } from 'node:os'
import path from 'node:path'

const here = import.meta.dirname
const option = (name, fallback) => {
  const at = process.argv.indexOf(`--${name}`)
  return at === -1 ? fallback : Number(process.argv[at + 1])
}
const rounds = option('rounds', 7)
const calls = option('calls', 400)

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

const provider = fork(path.join(here, 'provider.cjs'))
const url = await new Promise((resolve) => provider.once('message', resolve))
const preloads = Object.fromEntries(
  names.map((name) => [name, { preload: path.join(here, 'preload.cjs'), env: { CONTESTANT: name } }]),
)
preloads['spanmeter register'] = { preload: register, env: {} }

for (let round = 0; round < rounds; round++) {
  for (const [kind, count] of [
    ['plain', calls],
    ['stream', Math.ceil(calls / 4)],
  ]) {
    for (const name of names) {
      const { micros, rss, heap, spans } = runNode([
        '--expose-gc',
        'calls.cjs',
        name,
        kind,
        url,
        String(count),
      ])
      note(kind, name, micros)
      note(`${kind} rss`, name, rss / 1e6)
      note(`${kind} heap`, name, heap / 1e6)
      note(`${kind} spans`, name, spans)
    }
  }
  for (const app of ['app.cjs', 'app.mjs']) {
    for (const [name, { preload, env }] of Object.entries(preloads)) {
      const { millis, cpu, rss } = runNode(['--require', preload, app], env)
      note(`${app} ms`, name, millis)
      note(`${app} cpu`, name, (cpu.user + cpu.system) / 1e3)
      note(`${app} rss`, name, rss / 1e6)
    }
  }
  process.stderr.write(`round ${round + 1} of ${rounds}\n`)
}
provider.kill()

const columns = [
  ['plain', 'plain call, µs CPU'],
  ['stream', '200-chunk stream, µs CPU'],
  ['app.cjs ms', 'start-up CommonJS, ms'],
  ['app.cjs cpu', 'its CPU, ms'],
  ['app.mjs ms', 'start-up ESM, ms'],
  ['app.cjs rss', 'RSS at start, MB'],
  ['stream heap', 'heap after the run, MB'],
]
console.log(
  `Node ${process.version}, ${cpus().length} x ${cpus()[0].model}, ${new Date().toISOString().slice(0, 10)}: median of ${rounds} interleaved rounds, above un-instrumented`,
)
console.log(`\n| | ${columns.map(([, title]) => title).join(' | ')} | spans a call |`)
console.log(`|---|${columns.map(() => '---:').join('|')}|---:|`)
for (const name of Object.keys(preloads)) {
  const cells = columns.map(([kind]) => above(kind, name)?.toFixed(1) ?? '')
  const spans = measured.get(`plain spans\0${name}`)
  console.log(`| ${name} | ${cells.join(' | ')} | ${spans === undefined ? '' : median(spans).toFixed(1)} |`)
}
