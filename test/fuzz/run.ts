import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startLife } from '../support/processor-process.ts'
import { keepInput } from './corpus.ts'
import { type Entrance, PARSERS } from './entrances.ts'
import { Mutator } from './mutator.ts'
import { networkEntrances } from './network.ts'

// For minutes or hours: every entrance in turn, with a new seed each second; stops at the first crash, hang, wrong answer
// or too much memory, and keeps the input.
const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '5' }, entrance: { type: 'string' } },
})
const TURN_MS = 1_000
const MAX_INPUT_MS = 5_000
/** What the processor is told that it may have. */
const MEMORY_LIMIT_MIB = 512

const directory = await mkdtemp(join(tmpdir(), 'spanmeter-fuzz-'))
const endpoint = '127.0.0.1:0'
const protocol = { endpoint, max_request_body_size: '1MiB' }
const configFile = join(directory, 'spanmeter.yaml')
const config = {
  receivers: { otlp: { protocols: { http: protocol, grpc: protocol } } },
  exporters: [],
  sending_queue: { directory: join(directory, 'queue') },
  ledger: { path: join(directory, 'ledger.duckdb') },
  limits: { memory: `${MEMORY_LIMIT_MIB}MiB` },
  web: { endpoint },
}
await writeFile(configFile, JSON.stringify(config))
const life = await startLife(configFile)
const entrances = [...PARSERS, ...networkEntrances(life)].filter(
  ({ name }) => values.entrance === undefined || name === values.entrance,
)

const inputs = new Map(entrances.map(({ name }) => [name, 0]))
const end = Date.now() + Number(values.minutes) * 60_000
let highestRss = 0
let nextReport = Date.now() + 60_000
while (Date.now() < end && process.exitCode === undefined) {
  for (const entrance of entrances) {
    await takeTurn(entrance)
    if (process.exitCode !== undefined) break
  }
  highestRss = Math.max(highestRss, await rssMiB())
  if (highestRss > MEMORY_LIMIT_MIB) failed(`the processor takes ${highestRss} MiB`)
  if (Date.now() >= nextReport) {
    console.log(summary())
    nextReport += 60_000
  }
}
console.log(summary())
const exitCode = await life.stop()
if (exitCode !== 0) failed(`the processor ended with ${exitCode}`)
await rm(directory, { recursive: true, force: true })

async function takeTurn({ name, seeds, feed }: Entrance): Promise<void> {
  const mutator = new Mutator(Math.floor(Math.random() * 2 ** 31))
  const turnEnd = Date.now() + TURN_MS
  while (Date.now() < turnEnd) {
    const bytes = mutator.mutate(seeds)
    const started = performance.now()
    try {
      await feed(bytes)
      if (performance.now() - started > MAX_INPUT_MS) throw new Error(`took more than ${MAX_INPUT_MS} ms`)
    } catch (error) {
      console.error(error)
      failed(`${name}: input kept in ${keepInput(name, bytes)}`)
      return
    }
    inputs.set(name, (inputs.get(name) ?? 0) + 1)
  }
}

function failed(why: string): void {
  console.error(`FAILED: ${why}`)
  process.exitCode = 1
}

async function rssMiB(): Promise<number> {
  const status = await readFile(`/proc/${life.pid}/status`, 'utf8').catch(() => '')
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1_024)
}

function summary(): string {
  const counts = [...inputs].map(([name, count]) => `${name} ${count}`).join(', ')
  return `${counts}; highest memory ${highestRss} MiB`
}
