import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { gzipSync } from 'node:zlib'
import { transcode } from '../../packages/processor/src/otlp/transcode.ts'
import { median } from '../median.ts'
import { type Candidate, goCollector, hasUsed, type Protocol, spanmeter } from './candidates.ts'
import { grpcLoad, httpLoad } from './load.ts'
import { payload } from './payload.ts'
import { startSink } from './start-sink.ts'

/*
 * Spanmeter and the Go Collector side by side: the same batches, the same core, one after the other in interleaved
 * rounds, each round in a fresh process; a sink in a third process. What counts is spans per second of CPU time (user
 * and system, of the service alone), which holds when the machine is busy with other things.
 *
 *     npm run bench:processor -- --rounds 5 --warm-up 8 --seconds 3 --only json
 */

interface Cell {
  readonly name: string
  readonly protocol: Protocol
  readonly spans: number
  readonly gzip?: boolean
  readonly queue?: boolean
  /** Ratio to the Collector with default settings that is to be reached. */
  readonly bar: number
}

const cells: readonly Cell[] = [
  { name: 'HTTP protobuf 1 MB', protocol: 'http/protobuf', spans: 853, bar: 4 },
  { name: 'HTTP protobuf 64 spans', protocol: 'http/protobuf', spans: 64, bar: 4 },
  { name: 'HTTP protobuf 8,192 spans', protocol: 'http/protobuf', spans: 8192, bar: 4 },
  { name: 'gzip in, plain out', protocol: 'http/protobuf', spans: 853, gzip: true, bar: 4 },
  { name: 'HTTP JSON', protocol: 'http/json', spans: 512, bar: 2 },
  { name: 'gRPC 1 MB', protocol: 'grpc', spans: 853, bar: 3 },
  { name: 'gRPC 64 spans', protocol: 'grpc', spans: 64, bar: 2 },
  { name: 'HTTP protobuf 1 MB, queue on', protocol: 'http/protobuf', spans: 853, queue: true, bar: 2 },
]

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    'warm-up': { type: 'string', default: '8' },
    seconds: { type: 'string', default: '3' },
    only: { type: 'string', default: '' },
  },
})
const rounds = Number(values.rounds)
const seconds = Number(values.seconds)
const warmUp = Number(values['warm-up'])

/** In the order in which they are measured: ours last, once more at the rate of the Collector. */
const candidates: readonly Candidate[] = [goCollector(undefined), goCollector(400), spanmeter]
const directory = mkdtempSync(join(tmpdir(), 'spanmeter-bench-'))
const sink = await startSink(['taskset', '-c', '0'])

interface Measurement {
  readonly spansPerCpuSecond: number
  readonly requestsPerSecond: number
  readonly p99: number
  /** With so many requests a second as are asked for. */
  readonly p99AtRate: number
  readonly memory: number
}

async function measure(
  cell: Cell,
  candidate: Candidate,
  bodies: readonly Buffer[],
  requestsPerSecond?: number,
): Promise<Measurement> {
  const running = await candidate.start({
    protocol: cell.protocol,
    queue: cell.queue ?? false,
    sinkPort: cell.protocol === 'grpc' ? sink.grpcPort : sink.httpPort,
    directory,
  })
  try {
    const load = {
      port: running.port,
      bodies,
      headers: {
        'content-type': cell.protocol === 'http/json' ? 'application/json' : 'application/x-protobuf',
        ...(cell.gzip === true && { 'content-encoding': 'gzip' }),
      },
      connections: 8,
    }
    const drive = cell.protocol === 'grpc' ? grpcLoad : httpLoad
    await drive({ ...load, isDone: hasUsed(running, warmUp) })
    const before = running.cpuSeconds()
    const result = await drive({ ...load, isDone: hasUsed(running, seconds) })
    const cpuSeconds = running.cpuSeconds() - before
    const memory = running.peakMemory()
    const atRate =
      requestsPerSecond === undefined
        ? undefined
        : await drive({ ...load, requestsPerSecond, isDone: hasUsed(running, seconds / 2) })
    if (result.failures > 0)
      process.stderr.write(`${cell.name}, ${candidate.name}: ${result.failures} requests refused\n`)
    return {
      spansPerCpuSecond: (result.requests * cell.spans) / cpuSeconds,
      requestsPerSecond: result.requests / result.seconds,
      p99: result.p99,
      p99AtRate: atRate?.p99 ?? Number.NaN,
      memory,
    }
  } finally {
    await running.stop()
  }
}

const thousands = (value: number): string => `${Math.round(value / 1000)} k`

process.stdout.write(
  `${cpus()[0]?.model}, ${availableParallelism()} cores, Node ${process.version}; ${rounds} rounds of ${seconds} CPU-s after ${warmUp}\n\n` +
    '| cell | spanmeter spans/CPU-s | collector | x (bar) | collector GOGC=400 | x | p99 ms | collector p99 | p99 at that rate | peak MB | collector MB |\n' +
    '| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n',
)
for (const cell of cells.filter(({ name }) => name.toLowerCase().includes(values.only.toLowerCase()))) {
  const bodies = Array.from({ length: 8 }, (_, seed) => {
    const body = payload(cell.spans, seed)
    if (cell.protocol === 'http/json') return Buffer.from(transcode(body, 'traces', 'protobuf', 'json'))
    return cell.gzip === true ? gzipSync(body, { level: 1 }) : body
  })
  const results: Measurement[][] = candidates.map(() => [])
  for (let round = 0; round < rounds; round++) {
    for (const [index, candidate] of candidates.entries()) {
      const rate = candidate === spanmeter ? results[0]![round]!.requestsPerSecond : undefined
      results[index]!.push(await measure(cell, candidate, bodies, rate))
    }
  }
  const [theirs, tuned, ours] = results as [Measurement[], Measurement[], Measurement[]]
  const ratio = (rival: Measurement[]): number =>
    median(ours.map((our, round) => our.spansPerCpuSecond / rival[round]!.spansPerCpuSecond))
  const of = (list: Measurement[], figure: keyof Measurement): number =>
    median(list.map((one) => one[figure]))
  process.stdout.write(
    `| ${cell.name} | ${thousands(of(ours, 'spansPerCpuSecond'))} | ${thousands(of(theirs, 'spansPerCpuSecond'))} ` +
      `| **${ratio(theirs).toFixed(2)}** (${cell.bar}) | ${thousands(of(tuned, 'spansPerCpuSecond'))} | ${ratio(tuned).toFixed(2)} ` +
      `| ${of(ours, 'p99').toFixed(1)} | ${of(theirs, 'p99').toFixed(1)} | ${of(ours, 'p99AtRate').toFixed(1)} | ${of(ours, 'memory').toFixed(0)} | ${of(theirs, 'memory').toFixed(0)} |\n`,
  )
}

sink.stop()
rmSync(directory, { recursive: true, force: true })
