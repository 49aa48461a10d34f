import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { median } from '../median.ts'
import { hasUsed, spanmeter } from './candidates.ts'
import { httpLoad } from './load.ts'
import { payload } from './payload.ts'
import { startSink } from './start-sink.ts'

/*
 * What a second worker costs: the same batches to one worker and to two, one after the other in interleaved rounds, each
 * in a fresh process. What counts is CPU time a span: with a core of its own for each worker, two do
 * 2 * (CPU time a span with one / with two) times the work of one.
 *
 *     npm run bench:workers -- --rounds 5
 */
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    'warm-up': { type: 'string', default: '8' },
    seconds: { type: 'string', default: '3' },
  },
})
const cells = [
  { name: 'HTTP protobuf 1 MB', spans: 853 },
  { name: 'HTTP protobuf 64 spans', spans: 64 },
]

const directory = mkdtempSync(join(tmpdir(), 'spanmeter-workers-'))
const sink = await startSink()

/** Spans a second of CPU time. */
async function measure(workers: number, spans: number, bodies: readonly Buffer[]): Promise<number> {
  const running = await spanmeter.start({
    protocol: 'http/protobuf',
    queue: false,
    workers,
    sinkPort: sink.httpPort,
    directory,
  })
  try {
    const load = {
      port: running.port,
      bodies,
      headers: { 'content-type': 'application/x-protobuf' },
      connections: 32,
    }
    // The first connections may come before all workers listen; those after them are spread over all.
    await httpLoad({ ...load, isDone: hasUsed(running, 1.5) })
    // Each worker compiles for itself.
    await httpLoad({ ...load, isDone: hasUsed(running, Number(values['warm-up']) * workers) })
    const before = running.cpuSeconds()
    const { requests } = await httpLoad({ ...load, isDone: hasUsed(running, Number(values.seconds)) })
    return (requests * spans) / (running.cpuSeconds() - before)
  } finally {
    await running.stop()
  }
}

console.log(`${cpus()[0]?.model}, ${availableParallelism()} cores, Node ${process.version}`)
console.log('| cell | 1 worker, spans/CPU-s | 2 workers | 2 workers on 2 cores : 1 (1.6) | load average |')
console.log('| --- | ---: | ---: | ---: | ---: |')
for (const { name, spans } of cells) {
  const bodies = Array.from({ length: 8 }, (_, seed) => payload(spans, seed))
  const one: number[] = []
  const two: number[] = []
  for (let round = 0; round < Number(values.rounds); round++) {
    one.push(await measure(1, spans, bodies))
    two.push(await measure(2, spans, bodies))
  }
  const ratio = median(two.map((rate, round) => (2 * rate) / one[round]!))
  const thousands = [one, two].map((rates) => `${Math.round(median(rates) / 1000)} k`)
  console.log(
    `| ${name} | ${thousands.join(' | ')} | **${ratio.toFixed(2)}** | ${loadavg()[0]?.toFixed(1)} |`,
  )
}

sink.stop()
rmSync(directory, { recursive: true, force: true })
