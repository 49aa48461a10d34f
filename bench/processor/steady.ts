import { mkdtempSync, rmSync } from 'node:fs'
import { Agent, createServer, request as httpRequest } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { newBatch } from '../../test/chaos/load.ts'
import { listenLocally } from '../../test/support/listen-locally.ts'
import { type Candidate, goCollector, type Running, spanmeter, spanmeterWithLedger } from './candidates.ts'

// What a steady load costs: both services at once, each sent the same number of spans a second.
//   npm run bench:steady -- --minutes 4 --rate 10000
//   npm run bench:steady -- --ledger --rate 5000       spanmeter without and with its ledger: 1,000 calls/s
const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '2' },
    rate: { type: 'string', default: '10000' },
    ledger: { type: 'boolean', default: false },
  },
})
const BATCH_SPANS = 512
const CALLS_PER_BATCH = 102
const WARM_UP_MS = 20_000
const rate = Number(values.rate)
const durationMs = Number(values.minutes) * 60_000

interface Lane {
  readonly name: string
  readonly running: Running
  readonly delivered: () => number
  accepted: number
  cpuAtStart: number
}

const directory = mkdtempSync(join(tmpdir(), 'spanmeter-steady-'))
const agent = new Agent({ keepAlive: true, maxSockets: 8 })
const lanes = [
  await openLane(spanmeter),
  await openLane(values.ledger ? spanmeterWithLedger : goCollector(undefined)),
]

await load(WARM_UP_MS)
for (const lane of lanes) {
  lane.cpuAtStart = lane.running.cpuSeconds()
  lane.accepted = 0
}
const before = lanes.map((lane) => lane.delivered())
await load(durationMs)

console.log(
  `${rate} spans/s to each for ${values.minutes} min, batches of ${BATCH_SPANS}, one in five a GenAI call`,
)
console.log('                 CPU %  RSS MB  peak MB  spans/s  delivered')
for (const [index, lane] of lanes.entries()) {
  const cpu = ((lane.running.cpuSeconds() - lane.cpuAtStart) / durationMs) * 100_000
  const perSecond = Math.round((lane.accepted * BATCH_SPANS) / (durationMs / 1_000))
  const delivered = ((lane.delivered() - (before[index] ?? 0)) / lane.accepted) * 100
  const cells = [
    cpu.toFixed(1),
    lane.running.memory().toFixed(0),
    lane.running.peakMemory().toFixed(0),
    perSecond,
  ]
  const [cpuCell, ...rest] = cells.map(String)
  console.log(
    `${lane.name.padEnd(14)} ${cpuCell?.padStart(7)} ${rest.map((cell) => cell.padStart(7)).join('  ')}  ${delivered.toFixed(1).padStart(7)} %`,
  )
}
for (const { running } of lanes) await running.stop()
agent.destroy()
rmSync(directory, { recursive: true, force: true })
process.exit()

async function openLane(candidate: Candidate): Promise<Lane> {
  let delivered = 0
  const sink = createServer((request, response) => {
    request.resume().on('end', () => {
      delivered += 1
      response.end()
    })
  })
  const sinkPort = await listenLocally(sink)
  const running = await candidate.start({ protocol: 'http/protobuf', queue: true, sinkPort, directory })
  return { name: candidate.name, running, delivered: () => delivered, accepted: 0, cpuAtStart: 0 }
}

/** The same batch to each, at its time. */
async function load(milliseconds: number): Promise<void> {
  const started = performance.now()
  const underWay = new Set<Promise<void>>()
  for (let batches = 0; performance.now() - started < milliseconds; batches += 1) {
    const { body } = newBatch(CALLS_PER_BATCH, BATCH_SPANS - CALLS_PER_BATCH)
    for (const lane of lanes) {
      const sending = post(lane, body).finally(() => underWay.delete(sending))
      underWay.add(sending)
    }
    const due = (batches * BATCH_SPANS * 1_000) / rate
    await sleep(Math.max(0, due - (performance.now() - started)))
  }
  await Promise.all(underWay)
}

function post(lane: Lane, body: Buffer): Promise<void> {
  const options = {
    agent,
    host: '127.0.0.1',
    port: lane.running.port,
    path: '/v1/traces',
    method: 'POST',
    headers: { 'content-type': 'application/x-protobuf', 'content-length': body.byteLength },
  }
  return new Promise((resolve) => {
    const request = httpRequest(options, (response) => {
      if (response.statusCode === 200) lane.accepted += 1
      response.resume().on('end', resolve)
    })
    request.on('error', () => resolve())
    request.end(body)
  })
}
