// npm run bench -w packages/instrumentation [-- --runs 8 --rounds 25 --starts 7]
// What an instrumentation adds, in CPU time: to a call, and to the start of an app.
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { cpus } from 'node:os'
import path from 'node:path'
import { measureCalls, measureGarbage } from './measure-calls.mjs'
import { measureStarts } from './measure-starts.mjs'
import { interval, median } from './statistics.mjs'

const here = import.meta.dirname
const option = (name, fallback) => {
  const at = process.argv.indexOf(`--${name}`)
  return at === -1 ? fallback : Number(process.argv[at + 1])
}
const runs = option('runs', 8)
const rounds = option('rounds', 25)
const starts = option('starts', 7)

if (!existsSync(path.join(here, 'node_modules'))) {
  console.log('installing the rivals ...')
  execFileSync('npm', ['ci', '--workspaces=false', '--legacy-peer-deps', '--no-audit', '--no-fund'], {
    cwd: here,
    stdio: 'inherit',
  })
}
const names = Object.keys(createRequire(import.meta.url)('./contestants.cjs').contestants)
const [base] = names

const calls = []
for (let run = 1; run <= runs; run++) {
  calls.push(await measureCalls(names, rounds))
  process.stderr.write(`calls: run ${run} of ${runs}\n`)
}
const garbage = await measureGarbage(names)
process.stderr.write('garbage: counted\n')
const started = []
for (let start = 1; start <= starts; start++) {
  started.push(measureStarts(names, start))
  process.stderr.write(`start-up: ${start} of ${starts}\n`)
}

function addedToCalls(name, kind) {
  const { center, half } = interval(calls.map((run) => run[name][kind].added))
  return `${center.toFixed(0)} ± ${half.toFixed(0)}`
}
const addedToStart = (name, figure) =>
  median(started.map((start) => start[name][figure] - start[base][figure])).toFixed(1)
const ofCalls = (name, figure) => median(calls.map((run) => run[name][figure]))

const columns = {
  'plain call, µs CPU': (name) => addedToCalls(name, 'plain'),
  '200-chunk stream, µs CPU': (name) => addedToCalls(name, 'stream'),
  'garbage of a plain call, KB': (name) => (garbage[name].plain / 1e3).toFixed(1),
  'of a stream, KB': (name) => (garbage[name].stream / 1e3).toFixed(0),
  'start-up CommonJS, ms': (name) => addedToStart(name, 'cjsMillis'),
  'its CPU, ms': (name) => addedToStart(name, 'cjsCpu'),
  'start-up ESM, ms': (name) => addedToStart(name, 'esmMillis'),
  'its CPU, ms ': (name) => addedToStart(name, 'esmCpu'),
  'RSS at start, MB': (name) => addedToStart(name, 'rss'),
  'heap after the run, MB': (name) => (ofCalls(name, 'heap') - ofCalls(base, 'heap')).toFixed(1),
  'spans a call': (name) => ofCalls(name, 'spans').toFixed(1),
  'attributes a span': (name) => ofCalls(name, 'attributes').toFixed(0),
}
const callsTake = (kind) => median(calls.map((run) => run[base][kind].without)).toFixed(0)
console.log(
  `Node ${process.version}, ${cpus().length} x ${cpus()[0].model}, ${new Date().toISOString().slice(0, 10)}: calls above the same with it switched off (where there is none, a plain call takes ${callsTake('plain')} µs, a stream ${callsTake('stream')} µs), with the 95 % interval of the medians of ${runs} runs of ${rounds} rounds; start-up above un-instrumented, the median of ${starts}`,
)
console.log(`\n| | ${Object.keys(columns).join(' | ')} |`)
console.log(`|---|${'---:|'.repeat(Object.keys(columns).length)}`)
for (const name of Object.keys(started[0])) {
  const isCalled = names.includes(name)
  const cells = Object.entries(columns).map(([title, cell]) =>
    isCalled || /start/.test(title) || /its CPU/.test(title) ? cell(name) : '',
  )
  console.log(`| ${[name, ...cells].join(' | ')} |`)
}
