// npm run bench -w packages/instrumentation [-- --runs 5 --pairs 100 --starts 9]
// What a call costs more: differences of CPU time between neighbouring slices of calls, without and with a contestant,
// in one process (calls.cjs). A process keeps the luck that it had with its heap, so there are several of each, by
// turns, and the interval that is given is that of their means: where two overlap, nothing is decided.
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
const runs = option('runs', 5)
const pairs = option('pairs', 100)
const starts = option('starts', 9)

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

/** Without the tenth at either end: a neighbour on the machine, a major collection. */
function trimmedMean(values) {
  const sorted = values.toSorted((a, b) => a - b)
  const cut = Math.floor(sorted.length / 10)
  return mean(sorted.slice(cut, sorted.length - cut))
}
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length

/** Two-sided 95 % of Student's distribution, by degrees of freedom. */
const STUDENT = [12.71, 4.3, 3.18, 2.78, 2.57, 2.45, 2.36, 2.31, 2.26]
/** The mean over the runs, and half of the interval that holds it. */
function interval(values) {
  const center = mean(values)
  const variance = values.reduce((sum, value) => sum + (value - center) ** 2, 0) / (values.length - 1)
  return { center, half: (STUDENT[values.length - 2] ?? 2) * Math.sqrt(variance / values.length) }
}

/** On one core, where there is a way to say so. */
const canPin = cpus().length > 1 && spawnSync('taskset', ['--version']).status === 0
function measureCalls(name) {
  return new Promise((resolve, reject) => {
    const child = fork(path.join(here, 'calls.cjs'), [name, String(pairs)], {
      cwd: here,
      execArgv: ['--expose-gc'],
    })
    if (canPin) spawnSync('taskset', ['-a', '-c', '-p', '0', String(child.pid)])
    child.once('message', resolve)
    child.once('exit', (code) => reject(new Error(`${name} ended with ${code}`)))
  })
}

for (let run = 0; run < runs; run++) {
  for (const name of names) {
    const { base, added, heap, spans } = await measureCalls(name)
    for (const kind in added) {
      note(kind, name, trimmedMean(added[kind]))
      note(`${kind} base`, name, trimmedMean(base[kind]))
    }
    note('heap', name, heap)
    note('spans', name, spans)
  }
  process.stderr.write(`calls: run ${run + 1} of ${runs}\n`)
}

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
  ['app.cjs ms', 'start-up CommonJS, ms'],
  ['app.cjs cpu', 'its CPU, ms'],
  ['app.mjs ms', 'start-up ESM, ms'],
  ['app.mjs cpu', 'its CPU, ms'],
  ['app.cjs rss', 'RSS at start, MB'],
  ['heap', 'heap after the run, MB'],
]
const kinds = { plain: 'plain call, µs CPU', stream: '200-chunk stream, µs CPU' }
const bases = Object.keys(kinds).map((kind) =>
  median(names.flatMap((name) => measured.get(`${kind} base\0${name}`))).toFixed(0),
)
console.log(
  `Node ${process.version}, ${cpus().length} x ${cpus()[0].model}, ${new Date().toISOString().slice(0, 10)}: above un-instrumented (plain call ${bases[0]} µs, stream ${bases[1]} µs); calls with the 95 % interval of ${runs} processes of ${pairs} pairs of slices each, start-up the median of ${starts}`,
)
console.log(
  `\n| | ${[...Object.values(kinds), ...columns.map(([, title]) => title)].join(' | ')} | spans a call |`,
)
console.log(`|---|${Array.from({ length: columns.length + 2 }, () => '---:').join('|')}|---:|`)
for (const name of Object.keys(preloads)) {
  const calls = Object.keys(kinds).map((kind) => {
    const own = measured.get(`${kind}\0${name}`)
    if (own === undefined) return ''
    const { center, half } = interval(own)
    return `${center.toFixed(0)} ± ${half.toFixed(0)}`
  })
  const cells = columns.map(([kind]) => above(kind, name)?.toFixed(1) ?? '')
  const spans = measured.get(`spans\0${name}`)
  console.log(
    `| ${[name, ...calls, ...cells].join(' | ')} | ${spans === undefined ? '' : median(spans).toFixed(1)} |`,
  )
}
